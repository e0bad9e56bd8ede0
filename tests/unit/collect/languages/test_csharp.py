# ruff: noqa: E501 - programs and what is expected of them stand on one line each
"""What C#'s constructs refer to: each case decides one thing."""

import pytest
from unit.collect.languages.csharp_sources import BASE, HEAD, Row, extracted, rows, used

from assessor.collect.languages.typed import resolve

# fmt: off
CASES: dict[str, tuple[str, list[Row]]] = {
    "field": ("Customer customer;", [("Customer", "type", 1, 6)]),
    "nullable field": ("Customer? customer;", [("Customer", "type", 1, 6)]),
    "property": ("public Customer Customer { get; set; }", [("Customer", "type", 1, 6)]),
    "array and type argument": ("Dictionary<string, Customer[]> all;", [("Customer", "type", 1, 6)]),
    "tuple": ("(int Id, Customer Who) pair;", [("Customer", "type", 1, 6)]),
    "event": ("event Paid? Done;", [("Paid", "type", 1, 6)]),
    "delegate parameter called": ("void F(Paid done) { done(1); done?.Invoke(2); }", [("Paid", "call", 2, 6), ("Paid", "type", 1, 6)]),
    "method result and parameter": ("Receipt F(Customer c) => null;", [("Customer", "type", 1, 6), ("Receipt", "type", 1, 6)]),
    "supertype": ("class Inner : Order, Time.IClock { }", [("IClock", "inherit", 1, 6), ("Order", "inherit", 1, 6)]),
    "bound": ("void F<T>(T order) where T : class, new() { }\n  void G<T>(T order) where T : Order { order.Pay(default); }", [("Order", "call", 1, 7), ("Order", "type", 2, 7), ("Receipt", "signature", 1, 7)]),
    "attribute": ('[Audited("x")] void F() { }', [("AuditedAttribute", "annotate", 1, 6)]),
    "new": ("object F() => new Order();", [("Order", "new", 1, 6)]),
    "new with an initialiser": ("object F() => new Order { Customer = new Customer { Name = null }, Lines = { new Line() } };", [("Customer", "new", 1, 6), ("Customer", "signature", 1, 6), ("Customer", "static", 1, 6), ("Line", "new", 1, 6), ("Name", "signature", 1, 6), ("Order", "new", 1, 6), ("Order", "static", 2, 6)]),
    "new of a declared type": ("Order o = new();\n  Order F() => new();\n  List<Line> ls = [new(), new()];", [("Line", "new", 2, 8), ("Line", "type", 1, 8), ("Order", "new", 2, 6), ("Order", "type", 2, 6)]),
    "new of a declared local": ("void F() {\n  Order o = new();\n  o = new();\n  Line[] ls = { new() };\n }", [("Line", "new", 1, 9), ("Line", "type", 1, 9), ("Order", "new", 2, 7), ("Order", "type", 1, 7)]),
    "async result": ("async Task<Order> F() { return new(); }", [("Order", "new", 1, 6), ("Order", "type", 1, 6)]),
    "static call and constant": ("object F() => Order.Open(Order.Most);", [("Order", "call", 1, 6), ("Order", "static", 1, 6)]),
    "enum": ("bool F(Kind k) => k == Kind.New;", [("Kind", "static", 1, 6), ("Kind", "type", 1, 6)]),
    "chain": ("void F(Order o) {\n  o.Customer.Name.Short();\n }", [("Customer", "signature", 1, 7), ("Customer", "static", 1, 7), ("Name", "call", 1, 7), ("Name", "signature", 1, 7), ("Order", "static", 1, 7), ("Order", "type", 1, 6)]),
    "conditional chain": ("void F(Order? o) {\n  o?.Customer?.Name!.Short();\n }", [("Customer", "signature", 1, 7), ("Customer", "static", 1, 7), ("Name", "call", 1, 7), ("Name", "signature", 1, 7), ("Order", "static", 1, 7), ("Order", "type", 1, 6)]),
    "var": ("void F() {\n  var o = Order.Open(1);\n  o.Customer = null;\n  var n = o.Customer;\n  n.Name = null;\n }", [("Customer", "signature", 2, 8), ("Customer", "static", 1, 10), ("Name", "signature", 1, 10), ("Order", "call", 1, 7), ("Order", "static", 2, 8)]),
    "await": ("async Task F(Order o) {\n  var r = await o.PayAsync().ConfigureAwait(false);\n  r.Print();\n }", [("Order", "call", 1, 7), ("Order", "type", 1, 6), ("Receipt", "call", 1, 8)]),
    "foreach": ("void F(Order o) {\n  foreach (var l in o.Lines) l.Price = default;\n }", [("Line", "static", 1, 7), ("Order", "static", 1, 7), ("Order", "type", 1, 6)]),
    "linq methods": ("void F(Order o) {\n  o.Lines.Where(x => x.Price != null).First().Price = default;\n }", [("Line", "static", 2, 7), ("Order", "static", 1, 7), ("Order", "type", 1, 6)]),
    "query": ("object F(Order o) =>\n  from l in o.Lines where l.Price != null select l.Price;", [("Line", "static", 2, 7), ("Order", "static", 1, 7), ("Order", "type", 1, 6)]),
    "indexer": ("void F(Grid g) {\n  g[1].Price = default;\n }", [("Grid", "static", 1, 7), ("Grid", "type", 1, 6), ("Line", "signature", 1, 7), ("Line", "static", 1, 7)]),
    "is pattern": ("void F(object x) {\n  if (x is Order o) o.Pay(default);\n  if (x is Line) { }\n }", [("Line", "type", 1, 8), ("Order", "call", 1, 7), ("Order", "type", 1, 7), ("Receipt", "signature", 1, 7)]),
    "property pattern": ("bool F(Order x) => x is { Customer: { Name: Name n } };", [("Customer", "signature", 1, 6), ("Customer", "static", 1, 6), ("Name", "signature", 1, 6), ("Name", "type", 1, 6), ("Order", "static", 1, 6), ("Order", "type", 1, 6)]),
    "switch statement": ("void F(object x) {\n  switch (x) {\n   case Order o: o.Pay(default); break;\n   case Customer: break;\n  }\n }", [("Customer", "type", 1, 9), ("Order", "call", 1, 8), ("Order", "type", 1, 8), ("Receipt", "signature", 1, 8)]),
    "switch expression": ("object F(object x) => x switch {\n  Order { Customer: null } => 1,\n  Customer c => c.Name,\n  _ => null };", [("Customer", "signature", 1, 7), ("Customer", "static", 1, 8), ("Customer", "type", 1, 8), ("Name", "signature", 1, 8), ("Order", "static", 1, 7), ("Order", "type", 1, 7)]),
    "cast and as": ("void F(object x) {\n  ((Order)x).Pay(default);\n  (x as Customer)!.Name = null;\n }", [("Customer", "static", 1, 8), ("Customer", "type", 1, 8), ("Name", "signature", 1, 8), ("Order", "call", 1, 7), ("Order", "type", 1, 7), ("Receipt", "signature", 1, 7)]),
    "typeof and nameof": ("object F() => typeof(Order) + nameof(Customer) + nameof(Line.Price);", [("Customer", "type", 1, 6), ("Line", "static", 1, 6), ("Order", "type", 1, 6)]),
    "catch": ("void F() { try { } catch (OrderException e) when (e.Code > 1) { } }", [("OrderException", "static", 1, 6), ("OrderException", "type", 1, 6)]),
    "lambda": ("Func<Order, object> f = o => null;\n  object g = (Order o) => o.Customer;", [("Customer", "signature", 1, 7), ("Order", "static", 1, 7), ("Order", "type", 2, 6)]),
    "local function": ("void F() {\n  Order Get() => null;\n  Get().Pay(default);\n }", [("Order", "call", 1, 8), ("Order", "signature", 1, 8), ("Order", "type", 1, 7), ("Receipt", "signature", 1, 8)]),
    "optional argument": ("void F(Order o) {\n  o.Pay(default).Print();\n }", [("Order", "call", 1, 7), ("Order", "type", 1, 6), ("Receipt", "call", 1, 7), ("Receipt", "signature", 1, 7)]),
    "extension": ("void F(string s) { s.Slug(); s.Slug(3); Texts.Texts.Slug(s); }", [("Texts", "call", 3, 6), ("Texts", "static", 1, 6)]),
    "nested type": ("object F() => new Order.Draft();", [("Order", "new", 1, 6)]),
    "object copy": ("object F(Customer c) => c with { Name = null };", [("Customer", "static", 1, 6), ("Customer", "type", 1, 6), ("Name", "signature", 1, 6)]),
    "collection expression": ("List<object> F() => [new Order(), .. Order.Open(1).Lines];", [("Order", "call", 1, 6), ("Order", "new", 1, 6), ("Order", "static", 1, 6)]),
    "out variable": ("void F() { Get(out Order o); o.Pay(default); }", [("Order", "call", 1, 6), ("Order", "type", 1, 6), ("Receipt", "signature", 1, 6)]),
    "interpolation": ('string F(Order o) => $"{o.Customer}";', [("Customer", "signature", 1, 6), ("Order", "static", 1, 6), ("Order", "type", 1, 6)]),
    "constructor and base": ("Use(Customer c) : base(c.Name) { }", [("Customer", "static", 1, 6), ("Customer", "type", 1, 6), ("Name", "signature", 1, 6)]),
    "operator": ("public static Grid operator +(Use a, Grid b) => b;", [("Grid", "type", 2, 6)]),
    "using": ("void F() { using var o = new Order(); using (Line l = Open()) { } }", [("Line", "type", 1, 6), ("Order", "new", 1, 6)]),
    "explicit interface": ("int Time.IClock.Now() => 1;", [("IClock", "type", 1, 6)]),
    "global name": ("global::Shop.Time.IClock clock;", [("IClock", "type", 1, 6)]),
    "preprocessor": ("#if A\n  Order a;\n#elif B\n  Line b;\n#endif\n", [("Line", "type", 1, 9), ("Order", "type", 1, 7)]),
    "generic call": ("void F(object services) { Add<Order, Line>(); }", [("Line", "type", 1, 6), ("Order", "type", 1, 6)]),
    "other namespace": ("Texts t; SystemClock c;", [("Texts", "type", 1, 6)]),
    "unknown receiver": ("void F(dynamic services) { services.AddTexts(); }", [("Texts", "call", 1, 6)]),
    "registration": ("void F(object services) { services.AddScoped<Time.IClock, Time.SystemClock>(); }", [("IClock", "type", 1, 6), ("SystemClock", "type", 1, 6)]),
    "static generic": ("object F() => List<Order>.Empty;", [("Order", "type", 1, 6)]),
    "getter and setter": ("int P {\n  get { return Order.Most; }\n  set { Get(value); } }", [("Order", "static", 1, 7)]),
    "indexer of its own": ("Order this[Kind k] => null;\n  void F() { this[default].Pay(default); }", [("Kind", "type", 1, 6), ("Order", "call", 1, 7), ("Order", "signature", 1, 7), ("Order", "type", 1, 6), ("Receipt", "signature", 1, 7)]),
    "base member": ("class Sub : Customer {\n  void F() { base.Name.Short(); }\n }", [("Customer", "inherit", 1, 6), ("Customer", "static", 1, 7), ("Name", "call", 1, 7), ("Name", "signature", 1, 7)]),
    "list in a loop": ("void F(IEnumerable<Order> all) {\n  foreach (Order o in all)\n   foreach (var l in o.Lines.ToList()) l.Price = default;\n }", [("Line", "static", 1, 8), ("Order", "static", 1, 8), ("Order", "type", 2, 6)]),
    "index of an array": ("void F(Line[] all) { all[0].Price = default; }", [("Line", "static", 1, 6), ("Line", "type", 1, 6)]),
    "value of a dictionary": ("void F(Dictionary<int, Line> all) { all[0].Price = default; }", [("Line", "static", 1, 6), ("Line", "type", 1, 6)]),
    "coalescing": ("void F(Order a, Order b) { (a ?? b).Pay(default); }", [("Order", "call", 1, 6), ("Order", "type", 2, 6), ("Receipt", "signature", 1, 6)]),
    "conditional": ("object F(bool a, Order b) => a ? b.Customer : Order.Most;", [("Customer", "signature", 1, 6), ("Order", "static", 2, 6), ("Order", "type", 1, 6)]),
    "default of a type": ("object F() => default(Order);", [("Order", "type", 1, 6)]),
    "nested lambda": ("void F(Order o) {\n  Go(() => o.Lines.ForEach(l => l.Price = default));\n }", [("Line", "static", 1, 7), ("Order", "static", 1, 7), ("Order", "type", 1, 6)]),
    "deconstruction": ("void F() { (Order o, var n) = Get(); o.Pay(default); n.Pay(1); }", [("Order", "call", 1, 6), ("Order", "type", 1, 6), ("Receipt", "signature", 1, 6)]),
    "method group": ("void F(Order o) { Go(Order.Open); }", [("Order", "call", 1, 6), ("Order", "type", 1, 6)]),
    "asynchronous query": ("async Task F(DbSet<Order> all) {\n  var o = await all.Where(x => true).FirstOrDefaultAsync();\n  o.Pay(default);\n  foreach (var p in await all.ToListAsync()) p.Pay(default);\n }", [("Order", "call", 2, 8), ("Order", "type", 1, 6), ("Receipt", "signature", 2, 8)]),
    "variable of a foreign type": ("void F(Order o) {\n  var n = o.Lines.Count();\n  n.A();\n  n.B();\n }", [("Order", "static", 1, 7), ("Order", "type", 1, 6)]),
    "method of an object handed on": ("void F(Order o) { Go(o.Pay); }", [("Order", "call", 1, 6), ("Order", "type", 1, 6)]),
}

DECOYS = {
    "local hides a class": "void F(dynamic Order) { Order.Open(1); }",
    "own method": "int Open(int id) => 1; void F() { Open(1); }",
    "type variable": "void F<Order>(Order o) { o.Open(1); }",
    "comment and string": '// Order\n  string s = "Order.Open(1)";',
    "call of the name of a class": "void F() { Order(1); this.Order(1); }",
    "anonymous object": "object F() => new { Order = 1 };",
    "named argument": "void F() { G(Order: 1); }",
    "label": "void F() { Order: goto Order; }",
    "foreign method": "void F(object o) { o.Pay(1); o.Print(); }",
    "unbound generic": "object F() => typeof(Dictionary<,>);",
    "verbatim name": "void F(object @Order) { @Order.Open(1); }",
    "a parameter named like a class": "void F(object Order) { Order.Open(1); }",
    "a region": "#region Order\n  int x;\n#endregion\n",
    "a condition of the preprocessor": "#if Order\n  int x;\n#endif\n",
}
# fmt: on


@pytest.mark.parametrize("name", CASES)
def test_csharp__a_construct__refers_to_what_it_means(name):
    text, expected = CASES[name]
    found = used(text)
    assert not found.files_with_errors
    assert rows(found) == expected


@pytest.mark.parametrize("name", DECOYS)
def test_csharp__a_look_alike__refers_to_nothing(name):
    found = used(DECOYS[name])
    assert not found.files_with_errors
    assert rows(found) == []


def test_csharp__the_files_in_another_order__give_the_same():
    files = extracted({**BASE, "Use.cs": f"{HEAD}{CASES['var'][0]}\n}}\n"})
    expected = resolve(files)
    for turn in range(len(files)):
        assert resolve([*files[turn:], *files[:turn]][::-1]) == expected
