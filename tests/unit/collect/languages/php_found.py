"""What tests of PHP's data and behaviour have in common: files in, lines of rows out."""

from collections.abc import Iterable, Mapping

from assessor.collect.languages import behaviour
from assessor.collect.languages.php import extract
from assessor.collect.languages.resolution import Extracted
from assessor.collect.languages.typed import resolve
from assessor.model.records import Artefact, File, FileKind

MODELS = {
    "app/Models/User.php": (
        "<?php namespace App\\Models;\n"
        "use Illuminate\\Foundation\\Auth\\User as Authenticatable;\n"
        "class User extends Authenticatable {\n"
        "  public function orders() { return $this->hasMany(Order::class); }\n"
        "}\n"
    ),
    "app/Models/Order.php": (
        "<?php namespace App\\Models;\nuse Illuminate\\Database\\Eloquent\\Model;\n"
        "class Order extends Model {\n"
        "  public function user() { return $this->belongsTo(User::class); }\n"
        "  public function tags() { return $this->belongsToMany(Tag::class); }\n"
        "  public function scopeOpen($query) { return $query; }\n"
        "}\n"
    ),
    "app/Models/Tag.php": (
        "<?php namespace App\\Models;\nuse Illuminate\\Database\\Eloquent\\Model;\n"
        "class Tag extends Model { protected $table = 'labels'; }\n"
    ),
}


def artefacts(sources: Mapping[str, str], *, tests: Iterable[str] = ()) -> list[Artefact]:
    """All artefacts of some files, those of their behaviour among them."""
    held = set(tests)
    files = [
        Extracted(
            File(path, FileKind.TEST if path in held else FileKind.SOURCE, "php", len(text), ""),
            extract(path, text.encode()),
        )
        for path, text in sources.items()
    ]
    return [*resolve(files).artefacts, *behaviour.artefacts(files)]


def lines(found: Iterable[Artefact], kind: str, *names: str) -> list[str]:
    """The values under these names of each artefact of a kind, in one line each."""
    rows = []
    for each in found:
        root = each.root.value
        if each.kind == kind and isinstance(root, Mapping):
            rows.append(" ".join(str(root[name].value) for name in names))
    return sorted(rows)


def in_file(body: str, *, uses: Iterable[str] = (), **more: str) -> dict[str, str]:
    """The models, and a class whose method has the body. more: other files of the project."""
    imports = "".join(f"use {name};\n" for name in uses)
    text = (
        f"<?php namespace App;\nuse App\\Models\\{{User, Order, Tag}};\n{imports}"
        f"class Shop {{\n  public function run($x, User $user, Order $order) {{\n{body}\n"
        f"  }}\n}}\n"
    )
    return {**MODELS, **more, "app/Shop.php": text}


def accesses(sources: Mapping[str, str], *, unit: str = "app/Shop.php") -> list[str]:
    """`table operation` of each access of a unit, with `via` if it is not `orm`."""
    rows = lines(artefacts(sources), "data.access", "unit", "table", "operation", "via")
    return [row.removeprefix(f"{unit} ").removesuffix(" orm") for row in rows if unit in row]
