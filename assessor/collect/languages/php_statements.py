"""PHP's statements: branches, loops, catch clauses, variables that outlive a call."""

from tree_sitter import Node

from assessor.collect.languages.php_calls import watch_return
from assessor.collect.languages.php_docs import doc_before, tags, use_names
from assessor.collect.languages.php_expressions import settled, typed
from assessor.collect.languages.php_names import type_used
from assessor.collect.languages.typed_walk import (
    Walk,
    comment,
    inside,
    mention,
    otherwise,
    text_of,
    then,
    use,
    visit,
)


def commented(walk: Walk, node: Node) -> str:
    """A comment; `@var` in one tells the type of a variable from there on."""
    comment(walk, node)
    start, end = node.start_byte, node.end_byte
    if walk.text.startswith("/**", start) and "@var" in walk.text[start:end]:
        for found in tags(walk, (start, end)):
            if found.tag == "var":
                use_names(walk, found)
                if found.name:
                    walk.names[found.name] = typed(found.type)
    return ""


def else_if(walk: Walk, node: Node) -> str:
    """`elseif`."""
    otherwise(walk, paths=1)
    return inside(walk, node)


def else_(walk: Walk, node: Node) -> str:
    """`else`, and `else if`, which is no deeper."""
    otherwise(walk)
    body = node.child_by_field_name("body")
    if body is None or body.type != "if_statement":
        return inside(walk, node)
    if walk.method is not None:
        walk.method.cyclomatic += 1
    return inside(walk, body)


def for_each(walk: Walk, node: Node) -> str:
    """`foreach ($all as $key => $one)`: the variable is an element."""
    begin = node.start_byte
    doc = doc_before(walk, begin)
    found = [child for child in node.named_children if child.type != "comment"]
    body = node.child_by_field_name("body")
    chain = visit(walk, found[0]) if found else ""
    if found:
        mention(walk, chain, found[0].start_byte)
    for target in found[1:2]:
        _bind(walk, target, then(settled(chain), "[]"), said={tag.name for tag in tags(walk, doc)})
    for child in node.named_children:
        if child.type == "comment":
            visit(walk, child)
    use(walk, body)
    return ""


def _bind(walk: Walk, target: Node, chain: str, *, said: set[str]) -> None:
    if target.type == "pair":
        for child in target.named_children[:1]:
            walk.names[text_of(walk, child)] = ""
        target = target.named_children[-1]
    if target.type == "by_ref":
        target = target.named_children[-1]
    if target.type != "variable_name":
        use(walk, target)
        return
    name = text_of(walk, target)
    if name not in said:
        walk.names[name] = settled(chain)


def catch(walk: Walk, node: Node) -> str:
    """`catch (A | B $e)`."""
    caught = ""
    for child in node.named_children:
        if child.type == "type_list":
            caught = type_used(walk, child)
        elif child.type == "variable_name":
            walk.names[text_of(walk, child)] = typed(caught)
        else:
            use(walk, child)
    return ""


def global_(walk: Walk, node: Node) -> str:
    """`global $x;`: state that outlives the call."""
    for child in node.named_children:
        name = text_of(walk, child)
        walk.names[name] = ""
        walk.statics.append((name.removeprefix("$"), "", node.start_byte))
    return ""


def static(walk: Walk, node: Node) -> str:
    """`static $x = …;` in a function: state that outlives the call."""
    name, value = node.child_by_field_name("name"), node.child_by_field_name("value")
    chain = visit(walk, value) if value is not None else ""
    if name is not None:
        written = text_of(walk, name)
        walk.names[written] = settled(chain)
        walk.statics.append((written.removeprefix("$"), "", node.start_byte))
    return ""


def return_(walk: Walk, node: Node) -> str:
    """`return …;`: what it gives may say more than the type of the result."""
    for child in node.named_children:
        chain = visit(walk, child)
        mention(walk, chain, child.start_byte)
        watch_return(walk, chain, node=node)
    return ""


def jump(walk: Walk, node: Node) -> str:
    """`break 2`, `goto`: a jump to somewhere else than the end of what is around."""
    if node.named_child_count and walk.method is not None:
        walk.method.cognitive += 1
    return ""
