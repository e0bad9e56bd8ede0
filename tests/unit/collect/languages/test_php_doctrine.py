"""Doctrine: entities, relations, repositories, entity managers, queries."""

import pytest
from unit.collect.languages.php_found import artefacts, lines

ORM = "use Doctrine\\ORM\\Mapping as ORM;\nuse Doctrine\\Common\\Collections\\Collection;\n"
ENTITIES = {
    "src/Entity/Post.php": (
        f"<?php namespace App\\Entity;\n{ORM}use App\\Repository\\PostRepository;\n"
        "#[ORM\\Entity(repositoryClass: PostRepository::class)]\n#[ORM\\Table(name:"
        " 'Blog_Post')]\n"
        "class Post {\n"
        "  #[ORM\\ManyToOne(targetEntity: Author::class, inversedBy: 'posts')]\n"
        "  private $author;\n"
        "  /** @var Collection<int, Tag> */\n  #[ORM\\ManyToMany]\n"
        "  #[ORM\\JoinTable(name: 'post_tag')]\n  private Collection $tags;\n"
        "  #[ORM\\OneToOne] private ?Author $editor;\n}\n"
    ),
    "src/Entity/Author.php": (
        f"<?php namespace App\\Entity;\n{ORM}"
        '/**\n * @ORM\\Entity\n * @ORM\\Table(name="authors", schema="blog")\n */\n'
        'class Author {\n  /**\n   * @ORM\\OneToMany(targetEntity="Post", mappedBy="author")\n'
        "   */\n  private $posts;\n}\n"
    ),
    "src/Entity/Tag.php": (
        f"<?php namespace App\\Entity;\n{ORM}#[ORM\\Entity]\nclass TagName {{}}\n"
        "#[ORM\\Entity] class Tag {}\n"
    ),
    "src/Repository/PostRepository.php": (
        "<?php namespace App\\Repository;\nuse App\\Entity\\Post;\n"
        "use Doctrine\\Bundle\\DoctrineBundle\\Repository\\ServiceEntityRepository;\n"
        "class PostRepository extends ServiceEntityRepository {\n"
        "  public function __construct($registry) { parent::__construct($registry,"
        " Post::class); }\n"
        "  public function latest() {\n    return $this->createQueryBuilder('p')\n"
        "      ->join('p.author', 'a')->getQuery()->getResult();\n  }\n"
        "  public function old() {\n"
        "    $this->createQueryBuilder('p')->delete()->getQuery()->execute();\n  }\n}\n"
    ),
}
SYMFONY = "use Symfony\\Component\\HttpFoundation\\Response;\n"


def shop(body: str) -> dict[str, str]:
    text = (
        f"<?php namespace App;\n{SYMFONY}use App\\Entity\\{{Post, Author, Tag}};\n"
        "use App\\Repository\\PostRepository;\nuse Doctrine\\ORM\\EntityManagerInterface;\n"
        "class Shop {\n  public function __construct(private EntityManagerInterface $em) {}\n"
        f"  public function run(PostRepository $posts, Post $post, $x) {{\n{body}\n  }}\n}}\n"
    )
    return {**ENTITIES, "src/Shop.php": text}


def accesses(body: str) -> list[str]:
    rows = lines(artefacts(shop(body)), "data.access", "unit", "table", "operation", "via")
    own = "src/Repository/PostRepository.php blog_post"
    return [row.removeprefix("src/Shop.php ") for row in rows if not row.startswith(own)]


def test_entities__attributes_and_annotations__with_tables() -> None:
    found = artefacts(shop(""))
    assert lines(found, "data.entity", "entity", "table", "framework") == [
        "Author blog.authors doctrine", "Post blog_post doctrine", "Post post_tag doctrine",
        "Tag tag doctrine", "TagName tag_name doctrine",
    ]  # fmt: skip


def test_entities__without_symfony__table_is_the_name_of_the_class() -> None:
    found = artefacts({"src/Entity/Tag.php": ENTITIES["src/Entity/Tag.php"]})
    assert lines(found, "data.entity", "table") == ["tag", "tagname"]


def test_entities__attributes_of_others__do_not_count() -> None:
    source = "<?php namespace A; use My\\Mapping as ORM; #[ORM\\Entity] #[Entity] class B {}"
    assert lines(artefacts({"B.php": source}), "data.entity", "entity") == []


def test_relations__both_sides__with_the_column() -> None:
    names = ("source", "target", "field", "cardinality", "foreign_key")
    assert lines(artefacts(ENTITIES), "data.relation", *names) == [
        "Author Post posts one-to-many False",
        "Post Author author many-to-one True",
        "Post Author editor one-to-one True",
        "Post Tag tags many-to-many False",
    ]


STATEMENTS = {
    "manager": (
        "$this->em->persist(new Tag()); $this->em->remove($post); $this->em->flush();",
        ["blog_post delete orm", "tag create orm"],
    ),
    "find": ("$this->em->find(Author::class, 1);", ["blog.authors read orm"]),
    "repository of a class": (
        "$this->em->getRepository(Tag::class)->findOneBy([]);",
        ["tag read orm"],
    ),
    "dql": (
        "$this->em->createQuery('SELECT t FROM App\\Entity\\Tag t WHERE t.id = :a');",
        ["tag read jpql"],
    ),
    "unknown": ("$x->persist($post); $x->find(Author::class); $x->remove($post);", []),
}


@pytest.mark.parametrize(("body", "done"), STATEMENTS.values(), ids=STATEMENTS)
def test_accesses__managers__of_the_class_that_is_given(body: str, done: list[str]) -> None:
    joined = "src/Repository/PostRepository.php blog.authors read orm"
    assert [row for row in accesses(body) if row != joined] == done


def test_accesses__of_repositories__are_theirs_by_whomever_called() -> None:
    found = artefacts(shop("$posts->findBy([]); $posts->findOneBySlug('a'); $posts->latest();"))
    names = ("unit", "table", "operation", "via", "count")
    assert lines(found, "data.access", *names) == [
        "src/Repository/PostRepository.php blog.authors read orm 1",
        "src/Repository/PostRepository.php blog_post delete orm 1",
        "src/Repository/PostRepository.php blog_post read repository 3",
    ]
