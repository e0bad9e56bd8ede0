"""What structs of Go are stored, how they are related, and what mappers do to their tables."""
# ruff: noqa: E501 - sources of a few lines read best as one

import pytest
from unit.collect.languages.go_sources import resolved, told

from assessor.collect.languages.go_naming import plural, snake

MODELS = """package model

import "gorm.io/gorm"

type Base struct {
	ID uint `gorm:"primarykey"`
}

type User struct {
	gorm.Model
	Name    string
	Orders  []Order
	Roles   []Role `gorm:"many2many:user_roles;"`
	Profile Profile
	Address Address `gorm:"embedded"`
	Hidden  Role    `gorm:"-"`
}

type Address struct {
	ID   uint
	City string `gorm:"size:100"`
}

type Profile struct {
	ID     uint `gorm:"primaryKey"`
	UserID uint
}

type Order struct {
	Base
	User    User
	UserID  uint
	Buyer   *User `gorm:"foreignKey:BuyerRef"`
	BuyerRef uint
}

func (Order) TableName() string { return "shop_orders" }

type Role struct {
	Base
	Name string `gorm:"size:20"`
}

type OrderSearch struct {
	Order
	Page int
}

type Form struct {
	ID   uint
	Name string `json:"name"`
}
"""
USED = """package app

import "example.com/shop/model"

var rows = []any{model.Order{}, model.Role{}, model.Form{}}
"""
STORE = """package store

import (
	"example.com/shop/model"
	"gorm.io/gorm"
)

type Store struct{ db *gorm.DB }

func (s *Store) Place(o *model.Order) error {
BODY
}
"""
ACCESSES = {
    "create": ("return s.db.Create(o).Error", ["create shop_orders"]),
    "save": ("return s.db.Save(&o).Error", ["create shop_orders", "update shop_orders"]),
    "read into a list": ("var us []model.User\ns.db.Find(&us)", ["read users"]),
    "read of elements": ("var us []*model.User\nfor _, u := range us { s.db.First(u) }", ["read users"]),
    "chain": ('s.db.Where("a = ?", 1).Order("id").First(&model.User{})', ["read users"]),
    "model": ('s.db.Model(&model.User{}).Where("id = 1").Update("name", "x")', ["update users"]),
    "model of a variable": (
        "var n int64\ntx := s.db.Model(&model.User{})\ntx = tx.Where(1)\ntx.Count(&n)",
        ["read users"],
    ),
    "read by another struct": ("var f []model.Form\ns.db.Model(&model.User{}).Find(&f)", ["read users"]),
    "table": ('s.db.Table("old_orders AS o").Where(1).Delete(nil)', ["delete old_orders"]),
    "table by a constant": ("s.db.Table(model.Archive).Delete(nil)", ["delete archive"]),
    "table of a prefix": ('s.db.Table(s.tablePrefix + "logs").Take(nil)', ["read logs"]),
    "table of the running program": ("s.db.Table(name()).Delete(nil)", []),
    "first or create": ("s.db.FirstOrCreate(o)", ["create shop_orders", "read shop_orders"]),
    "preload": ('s.db.Preload("Orders").Find(&[]model.User{})', ["read shop_orders", "read users"]),
    "association": (
        's.db.Model(&model.User{}).Association("Roles").Append(&model.Role{})',
        ["create user_roles"],
    ),
    "association read": ('s.db.Model(&model.User{}).Association("Roles").Find(nil)', ["read roles"]),
    "what takes in a stored struct": ("s.db.Find(&model.OrderSearch{})", ["read shop_orders"]),
    "transaction": (
        "s.db.Transaction(func(tx *gorm.DB) error { return tx.Delete(&model.User{}).Error })",
        ["delete users"],
    ),
    "begun": ("tx := s.db.Begin()\ntx.Create(&model.User{})", ["create users"]),
    "statement read into a struct": ("s.db.Raw(q()).Find(&[]model.User{})", []),
    "any": ("var x any\ns.db.Save(x)", []),
    "another Find": ("other.Find(&model.User{})", []),
    "own method": ("s.Create(&model.User{})", []),
    "a comment": ("// s.db.Create(o)", []),
    "nothing stored": ("s.db.Error.Error()", []),
}  # fmt: skip


def store(body: str) -> dict[str, str]:
    return {
        "model/model.go": MODELS + 'const Archive = "archive"\n',
        "store/store.go": STORE.replace("BODY", body)
        + "func (s *Store) Create(u *model.User) {}\nfunc name() string { return env }\n",
    }


def test_entities__of_gorm__tables_by_its_rules_or_by_name() -> None:
    files = {"model/model.go": MODELS, "app/a.go": USED}
    assert told(files, "data.entity", "entity", "table", "framework", "unit_kind") == [
        "model/model.go:24 Profile profiles gorm source",
        "model/model.go:29 Order shop_orders gorm source",
        "model/model.go:39 Role roles gorm source",
        "model/model.go:9 User users gorm source",
    ]


def test_relations__of_gorm__by_fields_and_their_tags() -> None:
    keys = ("source", "field", "target", "cardinality", "foreign_key", "framework")
    assert told({"model/model.go": MODELS}, "data.relation", *keys) == [
        "model/model.go:12 User Orders Order one-to-many False gorm",
        "model/model.go:13 User Roles Role many-to-many False gorm",
        "model/model.go:14 User Profile Profile one-to-one False gorm",
        "model/model.go:31 Order User User many-to-one True gorm",
        "model/model.go:33 Order Buyer User many-to-one True gorm",
    ]


@pytest.mark.parametrize(("body", "expected"), ACCESSES.values(), ids=ACCESSES)
def test_accesses__of_gorm__only_by_its_own_type(body: str, expected: list[str]) -> None:
    found = told(store(body), "data.access", "operation", "table", "via")
    assert sorted(row.split(" ", 1)[1] for row in found) == [f"{row} orm" for row in expected]


def test_accesses__of_tests__are_of_tests() -> None:
    files = store("return nil")
    files["store/store_test.go"] = STORE.replace("BODY", "s.db.Create(o)")
    assert told(files, "data.access", "table", "unit", "unit_kind", "count") == [
        "store/store_test.go:11 shop_orders store/store_test.go test 1"
    ]


def test_accesses__of_several_places__one_row_with_their_number_at_the_first() -> None:
    files = store("s.db.Save(o)\ns.db.Create(o)")
    assert told(files, "data.access", "operation", "count") == [
        "store/store.go:11 create 2",
        "store/store.go:11 update 1",
    ]


NAMED = """package model
import "gorm.io/gorm"
type Box struct { gorm.Model }
"""
STRATEGIES = {
    "a prefix": ('TablePrefix: "t_"', "t_boxes"),
    "the singular": ("SingularTable: true", "box"),
    "both by a constant": ("TablePrefix: start, SingularTable: true", "s_box"),
    "by a setting": ("TablePrefix: cfg.Prefix", "-"),
    "the singular by a setting": ("SingularTable: cfg.Singular", "-"),
}


@pytest.mark.parametrize(("given", "table"), STRATEGIES.values(), ids=STRATEGIES)
def test_entities__naming_that_the_project_sets__is_kept_to(given: str, table: str) -> None:
    opened = (
        'package app\nimport (\n"gorm.io/gorm"\n"gorm.io/gorm/schema"\n)\nconst start = "s_"\n'
        "var c = &gorm.Config{NamingStrategy: schema.NamingStrategy{" + given + "}}\n"
    )
    files = {"model/model.go": NAMED, "app/open.go": opened}
    assert told(files, "data.entity", "table") == [f"model/model.go:3 {table}"]


def test_entities__table_name_that_is_made__is_not_known() -> None:
    made = "func (b Box) TableName() string { return prefixed(b) }\n"
    assert told({"m.go": NAMED + made}, "data.entity", "table") == ["m.go:3 -"]


def test_entities__structs_that_only_look_stored__are_none() -> None:
    text = (
        'package a\nimport "gorm.io/gorm"\ntype User struct { gorm.Model }\n'
        'type Form struct { ID uint; Name string `gorm:"size:1"` }\n'
        "type Model struct { ID uint }\n"
        'type View struct { Name string `json:"name"` }\n'
        "func f(db *gorm.DB) {\n"
        "db.AutoMigrate(&User{})\nvar v []View\ndb.Model(&User{}).Find(&v)\n"
        'db.Raw("select 1").Scan(&v)\n}\n'
    )
    assert told({"a.go": text}, "data.entity", "entity") == ["a.go:3 User"]


OTHERS = {
    "xorm": (
        (
            'import "xorm.io/xorm"\n'
            'type UserInfo struct { Id int64 `xorm:"pk"` }\n'
            "func f(e *xorm.Engine) { e.Insert(&UserInfo{}); e.Where(1).Get(&UserInfo{}) }"
        ),
        ["UserInfo user_info xorm"],
        ["create user_info", "read user_info"],
    ),
    "bun": (
        (
            'import "github.com/uptrace/bun"\n'
            'type User struct { bun.BaseModel `bun:"table:people,alias:p"`; ID int64 }\n'
            "func f(db *bun.DB) { db.NewUpdate().Model(&User{}).Exec(c); db.NewSelect().Model(&User{}) }"
        ),
        ["User people bun"],
        ["read people", "update people"],
    ),
    "mongo": (
        (
            'import "go.mongodb.org/mongo-driver/mongo"\n'
            "type R struct { c *mongo.Collection }\n"
            'func New(db *mongo.Database) *R { return &R{c: db.Collection("Users")} }\n'
            "func (r *R) Do() { r.c.InsertOne(x, y); r.c.FindOne(x, y) }\n"
            'func f(db *mongo.Database) { db.Collection("logs").DeleteMany(x, y); db.Collection(n).Find(x) }'
        ),
        [],
        ["create users", "delete logs", "read users"],
    ),
}


@pytest.mark.parametrize(("text", "entities", "accesses"), OTHERS.values(), ids=OTHERS)
def test_data__of_other_mappers__entities_and_accesses(
    text: str, entities: list[str], accesses: list[str]
) -> None:
    files = {"a.go": f"package a\n{text}\n"}
    entity = told(files, "data.entity", "entity", "table", "framework")
    access = told(files, "data.access", "operation", "table")
    assert [row.split(" ", 1)[1] for row in entity] == entities
    assert sorted(row.split(" ", 1)[1] for row in access) == accesses


def test_data__of_ent__schemas_and_calls_of_the_clients_it_makes() -> None:
    files = {
        "ent/schema/user.go": (
            'package schema\nimport "entgo.io/ent"\ntype User struct { ent.Schema }\n'
            "type Card struct { ent.Schema }\nfunc (Card) Annotations() []any { return made() }\n"
        ),
        "ent/client.go": (
            "package ent\ntype Client struct { User *UserClient; Card *CardClient }\n"
            "type UserClient struct{}\ntype UserCreate struct{}\ntype CardClient struct{}\n"
            "func (c *UserClient) Create() *UserCreate { return nil }\n"
            "func (c *UserClient) Query() int { return 0 }\n"
            "func (c *CardClient) Query() int { return 0 }\n"
        ),
        "app/a.go": (
            'package app\nimport "example.com/shop/ent"\n'
            "func f(c *ent.Client, o Other) {\n\tc.User.Create()\n\tc.User.Query()\n"
            "\tc.Card.Query()\n\to.User.Query()\n}\n"
        ),
    }
    assert told(files, "data.entity", "entity", "table", "framework") == [
        "ent/schema/user.go:3 User users ent",
        "ent/schema/user.go:4 Card - ent",
    ]
    assert told(files, "data.access", "table", "operation", "unit") == [
        "app/a.go:4 users create app/a.go",
        "app/a.go:5 users read app/a.go",
    ]


def test_relations__of_bun__by_their_tags() -> None:
    text = (
        'package a\nimport "github.com/uptrace/bun"\n'
        'type User struct {\n\tbun.BaseModel `bun:"table:users"`\n'
        '\tPosts []*Post `bun:"rel:has-many,join:id=user_id"`\n}\n'
        'type Post struct {\n\tbun.BaseModel `bun:"table:posts"`\n'
        '\tUser *User `bun:"rel:belongs-to,join:user_id=id"`\n'
        '\tTags []Tag `bun:"m2m:post_tags"`\n}\n'
        'type Tag struct { bun.BaseModel `bun:"table:tags"` }\n'
    )
    keys = ("source", "target", "cardinality", "foreign_key")
    assert told({"a.go": text}, "data.relation", *keys) == [
        "a.go:10 Post Tag many-to-many False",
        "a.go:5 User Post one-to-many False",
        "a.go:9 Post User many-to-one True",
    ]


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("User", "users"),
        ("OrderItem", "order_items"),
        ("UserAPIKey", "user_api_keys"),
        ("HTTPServer", "http_servers"),
        ("Category", "categories"),
        ("Person", "people"),
        ("Address", "addresses"),
        ("Status", "statuses"),
        ("Box", "boxes"),
        ("Day", "days"),
        ("Wolf", "wolves"),
        ("Equipment", "equipment"),
        ("JwtBlacklist", "jwt_blacklists"),
        ("OAuth2Token", "o_auth2_tokens"),
        ("X", "xes"),
    ],
)
def test_naming__of_a_struct__as_gorm_names_its_table(name: str, table: str) -> None:
    assert plural(snake(name)) == table


def test_resolve__any_order_of_files__same_data() -> None:
    files = store("s.db.Create(o)\ns.db.Find(&model.User{})")
    turned = dict(reversed(list(files.items())))
    first, second = resolved(files).artefacts, resolved(turned).artefacts
    assert sorted(map(repr, first)) == sorted(map(repr, second))
    assert any(artefact.kind == "data.access" for artefact in first)
