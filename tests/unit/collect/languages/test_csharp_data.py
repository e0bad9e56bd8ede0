# ruff: noqa: E501 - programs and what is expected of them stand on one line each
"""Data of C#: Entity Framework's model by its rules, what is done to tables, SQL in literals."""

from collections.abc import Mapping

import pytest

from assessor.collect.languages.csharp import extract
from assessor.collect.languages.resolution import Extracted
from assessor.collect.languages.typed import resolve
from assessor.model.basis import Node
from assessor.model.records import File, FileKind

Row = dict[str, object]

EF = "using Microsoft.EntityFrameworkCore;\nusing System.ComponentModel.DataAnnotations.Schema;\nnamespace Shop;\n"
ORDER = "public class Order { public int Id { get; set; } public string Name { get; set; } public int CustomerId; public Customer Customer { get; set; } public List<Line> Lines { get; set; } }"
SHOP = {
    "Order.cs": EF + ORDER,
    "Customer.cs": EF
    + "public class Customer { public int Id { get; set; } public string Name { get; set; } }",
    "Line.cs": EF
    + "public class Line { public int Id { get; set; } public Order Order { get; set; } }",
    "Store.cs": EF
    + "public class StoreContext : DbContext { public DbSet<Order> Orders { get; set; } public DbSet<Customer> Customers => Set<Customer>(); }",
}


def rows(
    sources: Mapping[str, str], kind: str, *, tests: tuple[str, ...] = (), reverse: bool = False
) -> list[Row]:
    found = []
    for path, text in sorted(sources.items(), reverse=reverse):
        content = text.encode()
        file = File(
            path, FileKind.TEST if path in tests else FileKind.SOURCE, "csharp", len(content), ""
        )
        found.append(Extracted(file, extract(path, content)))
    return [
        {"at": str(a.location), **{name: node.value for name, node in root.items()}}
        for a in resolve(found).artefacts
        if a.kind == kind
        and isinstance(root := a.root.value, Mapping)
        and all(isinstance(node, Node) for node in root.values())
    ]


def entities(more: Mapping[str, str]) -> list[str]:
    found = rows({**SHOP, **more}, "data.entity")
    return sorted(f"{r['entity']} {r['table']} {r['framework']}" for r in found)


def relations(more: Mapping[str, str]) -> list[str]:
    found = rows({**SHOP, **more}, "data.relation")
    return sorted(
        f"{r['source']} {r['field']} {r['target']} {r['cardinality']} {r['foreign_key']}"
        for r in found
    )


def accesses(body: str, *, head: str = "StoreContext _context", more: str = "") -> list[str]:
    code = f"{EF}public class Use({head}) {{ {more} StoreContext Open() => null; public async Task Run(Order order, int id) {{ {body} }} }}"
    found = rows({**SHOP, "Use.cs": code}, "data.access")
    return sorted(f"{r['table']} {r['operation']} {r['via']} {r['count']}" for r in found)


USUAL = ["Customer customers ef-core", "Line line ef-core", "Order orders ef-core"]


def test_entities__of_sets_and_what_they_lead_to__have_tables_by_convention() -> None:
    assert entities({}) == USUAL


def test_entities__line_and_unit__are_those_of_the_class() -> None:
    [row] = [r for r in rows(SHOP, "data.entity") if r["entity"] == "Order"]
    assert (row["at"], row["unit"], row["unit_kind"], row["language"]) == (
        "Order.cs:4", "Order.cs", "source", "csharp",
    )  # fmt: skip


ENTITIES = [
    ({"Order.cs": f'{EF}[Table("purchases", Schema = "Sales")] {ORDER}'}, "Order sales.purchases ef-core"),
    ({"Order.cs": f"{EF}[Table(Names.Orders)] {ORDER}"}, "Order None ef-core"),
    ({"Map.cs": f'{EF}class Map : IEntityTypeConfiguration<Order> {{ public void Configure(EntityTypeBuilder<Order> b) {{ b.ToTable("Purchases"); }} }}'}, "Order purchases ef-core"),
    ({"Map.cs": f'{EF}class Map : IEntityTypeConfiguration<Order> {{ public void Configure(EntityTypeBuilder<Order> b) {{ b.HasKey(o => o.Id); b.ToTable("P", schema: "s"); }} }}'}, "Order s.p ef-core"),
    ({"Map.cs": f'{EF}class Map : IEntityTypeConfiguration<Order> {{ public void Configure(EntityTypeBuilder<Order> b) {{ b.ToTable(t => t.HasComment("x")); }} }}'}, "Order orders ef-core"),
    ({"Map.cs": f'{EF}class More : StoreContext {{ protected override void OnModelCreating(ModelBuilder m) {{ m.Entity<Order>(o => {{ o.ToTable("P2"); }}); }} }}'}, "Order p2 ef-core"),
    ({"Map.cs": f"{EF}class More : StoreContext {{ protected override void OnModelCreating(ModelBuilder m) {{ m.Entity<Order>().ToTable(nameof(Order)); }} }}"}, "Order order ef-core"),
    ({"Map.cs": f'{EF}class More : StoreContext {{ protected override void OnModelCreating(ModelBuilder m) {{ var o = m.Entity<Order>(); o.ToTable("P3"); }} }}'}, "Order p3 ef-core"),
    ({"Map.cs": f"{EF}class More : StoreContext {{ protected override void OnModelCreating(ModelBuilder m) {{ m.Entity<Order>().ToTable(name); }} }}"}, "Order None ef-core"),
    ({"Map.cs": f'{EF}class Map<T> : IEntityTypeConfiguration<T> {{ public void Configure(EntityTypeBuilder<T> b) {{ b.ToTable("x"); }} }}'}, "Order orders ef-core"),
    ({"Map.cs": f'{EF}class More {{ void M(ModelBuilder m) {{ /* m.Entity<Order>().ToTable("c") */ var s = "m.Entity<Order>().ToTable(1)"; }} }}'}, "Order orders ef-core"),
]  # fmt: skip


@pytest.mark.parametrize(("more", "expected"), ENTITIES)
def test_entities__table_that_code_gives__goes_before_the_sets_name(
    more: dict[str, str], expected: str
) -> None:
    assert [each for each in entities(more) if each.startswith("Order ")] == [expected]


MORE = [
    ("class Tag { public int Id { get; set; } } class Tags : DbContext { public DbSet<Tag> All { get; set; } }", ["Tag all ef-core"]),
    ("class Tag { } class Map : IEntityTypeConfiguration<Tag> { public void Configure(EntityTypeBuilder<Tag> b) { } }", ["Tag tag ef-core"]),
    ("class Big : Order { } class Tags : DbContext { public DbSet<Big> Bigs { get; set; } }", ["Big orders ef-core"]),
    ("class User { } class Users : IdentityDbContext<User> { }", ["User aspnetusers ef-core"]),
    ("class Tag { } interface ITags { DbSet<Tag> Tags { get; } }", ["Tag tags ef-core"]),
    ("class Tag { public int Id { get; set; } } class Tags { DbSet<Tag> tags; }", []),
    ("class DbSet<T> { } class Tag { } class Tags { public DbSet<Tag> All { get; set; } }", []),
    ("[Owned] public class Street { public int Id { get; set; } } public partial class Customer { public Street Street { get; set; } }", []),
    ("public class Street { public int Number; }", []),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), MORE)
def test_entities__more_classes__are_stored_only_where_something_says_so(
    text: str, expected: list[str]
) -> None:
    assert entities({"Tag.cs": EF + text}) == sorted([*USUAL, *expected])


def test_entities__owned_by_a_builder__have_no_table_unless_it_gives_one() -> None:
    street = "public class Street { public int Id { get; set; } } public class House { public int Id { get; set; } public Street Street { get; set; } }"
    context = "class Houses : DbContext { public DbSet<House> All { get; set; } protected override void OnModelCreating(ModelBuilder m) { m.Entity<House>(h => { h.OwnsOne(x => x.Street%s); }); } }"
    assert entities({"A.cs": EF + street + context % ""}) == sorted([*USUAL, "House all ef-core"])
    named = entities({"A.cs": EF + street + context % ', s => { s.ToTable("Streets"); }'})
    assert named == sorted([*USUAL, "House all ef-core", "Street streets ef-core"])


def test_entities__default_schema_of_their_context__is_part_of_the_table() -> None:
    context = 'public class StoreContext : DbContext { public DbSet<Order> Orders { get; set; } protected override void OnModelCreating(ModelBuilder m) { m.HasDefaultSchema("sales"); m.ApplyConfiguration(new Lines()); } }'
    lines = "class Lines : IEntityTypeConfiguration<Line> { public void Configure(EntityTypeBuilder<Line> b) { } }"
    assert entities({"Store.cs": EF + context, "Lines.cs": EF + lines}) == [
        "Customer customer ef-core", "Line sales.line ef-core", "Order sales.orders ef-core",
    ]  # fmt: skip


def test_entities__snapshot_of_a_migration__says_nothing() -> None:
    snapshot = (
        'class S : ModelSnapshot { void B(ModelBuilder m) { m.Entity<Order>().ToTable("old"); } }'
    )
    assert entities({"S.cs": EF + snapshot}) == USUAL


def test_relations__by_convention__lead_both_ways() -> None:
    assert relations({}) == [
        "Line Order Order many-to-one True",
        "Order Customer Customer many-to-one True",
        "Order Lines Line one-to-many False",
    ]


RELATIONS = [
    ("b.HasOne(o => o.Customer).WithOne();", "Order Customer Customer one-to-one True"),
    ("b.HasOne(o => o.Customer).WithMany().HasForeignKey(o => o.CustomerId);", "Order Customer Customer many-to-one True"),
    ("b.HasMany(o => o.Lines).WithMany();", "Order Lines Line many-to-many False"),
    ("b.HasOne<Line>().WithMany().HasForeignKey(o => o.FirstLine);", "Order FirstLine Line many-to-one True"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), RELATIONS)
def test_relations__of_a_builder__go_before_convention(text: str, expected: str) -> None:
    code = f"{EF}class Map : IEntityTypeConfiguration<Order> {{ public void Configure(EntityTypeBuilder<Order> b) {{ {text} }} }}"
    found = relations({"Map.cs": code})
    assert [each for each in found if each.split()[1] == expected.split()[1]] == [expected]


HIDDEN = [
    ORDER.replace("public Customer", "[NotMapped] public Customer"),
    ORDER.replace("public Customer", "private Customer"),
    ORDER.replace("public Customer", "public static Customer"),
    ORDER.replace("public Customer Customer { get; set; }", "public Customer Customer() => null;"),
]


@pytest.mark.parametrize("text", HIDDEN)
def test_relations__field_that_is_not_mapped__is_none(text: str) -> None:
    assert "Order Customer" not in " ".join(relations({"Order.cs": EF + text}))


ACCESSES = [
    ("_context.Orders.Add(order);", ["orders create orm 1"]),
    ("await _context.Orders.AddRangeAsync(order);", ["orders create orm 1"]),
    ("_context.Orders.Update(order);", ["orders update orm 1"]),
    ("_context.Orders.Remove(order);", ["orders delete orm 1"]),
    ("var a = await _context.Orders.FindAsync(id); var b = await _context.Orders.FindAsync(id);", ["orders read orm 2"]),
    ("var a = await _context.Orders.Where(o => o.Id == id).ToListAsync();", ["orders read orm 1"]),
    ("var a = from o in _context.Orders select o.Id;", ["orders read orm 1"]),
    ("foreach (var o in _context.Orders) { }", ["orders read orm 1"]),
    ("var db = Open(); var a = from o in db.Orders select o.Id;", ["orders read orm 1"]),
    ("var db = Open(); var set = db.Orders; set.Add(order);", ["orders create orm 1"]),
    ("var q = from o in _context.Orders where o.Id == id select o; var a = q.ToList();", ["orders read orm 1"]),
    ("var a = from o in _context.Orders join c in _context.Customers on o.CustomerId equals c.Id select c.Name;", ["customers read orm 1", "orders read orm 1"]),
    ("await _context.Orders.Where(o => o.Id == id).ExecuteUpdateAsync(s => s);", ["orders update orm 1"]),
    ("await _context.Orders.Where(o => o.Id == id).ExecuteDeleteAsync();", ["orders delete orm 1"]),
    ("_context.Set<Order>().Add(order);", ["orders create orm 1"]),
    ("var set = _context.Set<Order>(); set.Remove(order);", ["orders delete orm 1"]),
    ("var set = _context.Orders; set.Add(order);", ["orders create orm 1"]),
    ("var a = _context.Orders.Include(o => o.Customer).First();", ["customers read orm 1", "orders read orm 1"]),
    ("var a = _context.Orders.Where(o => o.Customer.Name == null).First();", ["customers read orm 1", "orders read orm 1"]),
    ("var a = _context.Orders.ToList().Select(o => o.Customer);", ["orders read orm 1"]),
    ("_context.Add(order);", ["orders create orm 1"]),
    ("_context.Remove(new Customer());", ["customers delete orm 1"]),
    ("_context.Entry(order).State = EntityState.Modified;", ["orders update orm 1"]),
    ("var a = await _context.FindAsync<Order>(id);", ["orders read orm 1"]),
    ("await _context.Entry(order).Reference(o => o.Customer).LoadAsync();", ["customers read orm 1"]),
    ("await _context.Entry(order)\n .Collection(o => o.Lines).LoadAsync();", ["line read orm 1"]),
    ("await _context.Entry(order).ReloadAsync();", []),
    ("var a = await _context.Orders.FirstAsync(); a.Name = null; await _context.SaveChangesAsync();", ["orders read orm 1", "orders update orm 1"]),
    ("var a = await _context.Orders.AsNoTracking().FirstAsync(); a.Name = null; _context.SaveChanges();", ["orders read orm 1"]),
    ("var a = await _context.Orders.FirstAsync(); a.Name = null;", ["orders read orm 1"]),
    ("Func<StoreContext, object> f = (StoreContext context) => context.Orders;", []),
    ("_context.SaveChanges(); _context.Add(id); _context.Orders.Attach(order);", []),
    ("// _context.Orders.Add(order);", []),
    ('var s = "_context.Orders.Add(order)";', []),
]  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), ACCESSES)
def test_accesses__through_a_context__are_what_is_called(body: str, expected: list[str]) -> None:
    assert accesses(body) == expected


def test_accesses__same_names_without_a_context__are_none() -> None:
    mine = "class Mine { public List<Order> Orders; public void Add(Order o) { } public void Remove(Order o) { } }"
    body = "_context.Orders.Add(order); _context.Add(order); _context.Remove(order);"
    assert accesses(body, head="Mine _context", more=mine) == []


REPOSITORY = {
    "IRepository.cs": "namespace Shop; public interface IRepository<T> { Task AddAsync(T it); Task<T> GetAsync(int id); Task Delete(T it); void Flush(); }",
    "Repository.cs": EF + "public class Repository<T>(StoreContext context) : IRepository<T> where T : class { public async Task AddAsync(T it) { context.Set<T>().Add(it); } }",
    "Use.cs": "namespace Shop; class Use(IRepository<Order> orders, IRepository<Use> uses) { async Task Run(Order o) { await orders.AddAsync(o); var a = await orders.GetAsync(1); orders.Delete(o); orders.Flush(); uses.AddAsync(this); } }",
}  # fmt: skip


def test_accesses__generic_repository_of_the_project__are_the_callers() -> None:
    found = rows({**SHOP, **REPOSITORY}, "data.access")
    assert [f"{r['unit']} {r['table']} {r['operation']} {r['via']}" for r in found] == [
        "Use.cs orders create repository",
        "Use.cs orders delete repository",
        "Use.cs orders read repository",
    ]


def test_accesses__repository_that_works_on_no_set__are_none() -> None:
    memory = REPOSITORY | {
        "Repository.cs": "namespace Shop; public class Repository<T> : IRepository<T> { public async Task AddAsync(T it) { } }"
    }
    assert rows({**SHOP, **memory}, "data.access") == []


def test_accesses__repository_of_ardalis_specification__are_the_callers() -> None:
    code = "using Ardalis.Specification;\nnamespace Shop;\npublic interface IRepo<T> : IRepositoryBase<T> { } class Use(IRepo<Order> orders, IReadRepositoryBase<Customer> customers) { async Task Run(Order o) { await orders.UpdateAsync(o); await customers.ListAsync(); } }"
    found = rows({**SHOP, "Use.cs": code}, "data.access")
    assert [f"{r['table']} {r['operation']} {r['via']}" for r in found] == [
        "customers read repository", "orders update repository",
    ]  # fmt: skip


STATEMENTS = [
    ('var c = new SqlCommand("select * from Parts where id = @id", connection);', ["parts read sql 1"]),
    ('command.CommandText = "DELETE FROM parts";', ["parts delete sql 1"]),
    ('command.CommandText = """\n  INSERT INTO "Parts" ("Id")\n  VALUES (1)\n  """;', ["parts create sql 1"]),
    ('var a = connection.Query<Order>(@"SELECT p.* FROM dbo.Parts p JOIN Makers m ON m.Id = p.Maker");', ["dbo.parts read sql 1", "makers read sql 1"]),
    ('connection.Execute("UPDATE parts " + "SET n = 1 WHERE id = @id", new { id });', ["parts update sql 1"]),
    ('connection.Execute($"UPDATE {Table} SET n = 1 WHERE id = {id}");', ["parts update sql 1"]),
    ('var a = _context.Orders.FromSqlRaw("SELECT * FROM Orders");', ["orders read orm 2"]),
    ('_context.Database.ExecuteSqlRaw("truncate table Orders");', ["orders delete sql 1"]),
    ('connection.Query("SELECT * FROM #Temp t JOIN parts p ON p.Id = t.Id");', ["parts read sql 1"]),
    ('connection.Execute("Parts_Update", commandType: CommandType.StoredProcedure);', []),
    ('logger.Log("Select the order from the list"); logger.Log("Delete it");', []),
    ('logger.LogInformation("Delete status: {Status} where id = {Id}", 1, 2);', []),
    ('throw new ShopException("Delete parts where id = 3");', []),
    ('// connection.Execute("DELETE FROM parts")', []),
]  # fmt: skip


@pytest.mark.parametrize(("body", "expected"), STATEMENTS)
def test_accesses__sql_in_literals__is_read(body: str, expected: list[str]) -> None:
    found = accesses(body, more='const string Table = "parts";')
    assert found == expected


def test_unread__table_that_only_runs_know__is_told() -> None:
    code = 'class A { void M(string table) { connection.Execute("DELETE FROM " + table); } }'
    [row] = rows({"A.cs": code}, "data.unread")
    assert (row["reason"], row["text"]) == ("dynamic", "DELETE FROM {}")


def test_statements__of_a_migration__are_no_access() -> None:
    code = 'class A : Migration { void Up(MigrationBuilder b) { b.Sql("DELETE FROM parts"); } }'
    assert rows({"A.cs": code}, "data.access") == []


def test_rows__order_of_files__does_not_matter() -> None:
    for kind in ("data.entity", "data.relation", "data.access"):
        every = {**SHOP, **REPOSITORY}
        assert rows(every, kind) == rows(every, kind, reverse=True)


def test_rows__of_a_test__have_its_kind() -> None:
    found = rows({**SHOP, **REPOSITORY}, "data.access", tests=("Use.cs",))
    assert {r["unit_kind"] for r in found} == {"test"}


def test_rows__surrogates_and_broken_code__do_no_harm() -> None:
    broken = EF + "class A : DbContext { public DbSet<Order Orders { get; set; } \ud800".encode(
        "utf-8", "surrogatepass"
    ).decode("latin-1")
    assert entities({"A.cs": broken + "\0 m.Entity<>().ToTable( b.HasOne("}) == USUAL
