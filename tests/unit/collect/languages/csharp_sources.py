"""A small project in C#, and what a file beside it refers to."""

import json
from collections.abc import Mapping

from assessor.collect.languages.csharp import extract
from assessor.collect.languages.resolution import Extracted, Resolution
from assessor.collect.languages.typed import resolve
from assessor.model.records import File, FileKind

Row = tuple[str, str, int, int]  # simple name of the target, kind, count, line

BASE = {
    "Order.cs": """namespace Shop.Orders;
public class Order
{
    public const int Most = 3;
    public Customer Customer { get; set; }
    public List<Line> Lines { get; } = [];
    public Receipt Pay(Money money, bool now = true) => null;
    public static Order Open(int id) => null;
    public Task<Receipt> PayAsync() => null;
    public class Draft { }
}
""",
    "Customer.cs": """namespace Shop.Orders;
public class Customer {
  public Name Name { get; set; }
}
""",
    "Line.cs": """namespace Shop.Orders;
public class Line {
  public Money Price { get; set; }
}
""",
    "Money.cs": """namespace Shop.Money;
public record Cash(int Cents);
public record struct Money(int Cents);
""",
    "Receipt.cs": """namespace Shop.Orders;
public class Receipt {
  public void Print() {}
}
""",
    "Name.cs": """namespace Shop.Orders;
public class Name {
  public int Short() => 1;
}
""",
    "Kind.cs": """namespace Shop.Orders;
public enum Kind { New, Old }
""",
    "Texts.cs": """namespace Shop.Texts;
public static class Texts
{
    public static string Slug(this string text, int most = 9) => text;
    public static IServiceCollection AddTexts(this IServiceCollection all) => all;
    public static int Width = 80;
}
""",
    "IClock.cs": """namespace Shop.Time;
public interface IClock {
  int Now();
}
""",
    "SystemClock.cs": """namespace Shop.Time;
public class SystemClock : IClock {
  public int Now() => 1;
}
""",
    "AuditedAttribute.cs": """namespace Shop.Marks;
public class AuditedAttribute(string why) : Attribute { }
""",
    "Paid.cs": """namespace Shop.Orders;
public delegate void Paid(int cents);
""",
    "Grid.cs": """namespace Shop.Orders;
public class Grid {
  public Line this[int at] => null;
  public static Grid operator +(Grid a, Grid b) => a;
}
""",
    "OrderException.cs": """namespace Shop.Orders;
class OrderException : Exception {
  public int Code;
}
""",
}

HEAD = (
    "using Shop.Money;\nusing Shop.Marks;\nusing Shop.Texts;\n"
    "namespace Shop.Orders;\nclass Use {\n "
)


def extracted(files: Mapping[str, str | bytes], *, tests: tuple[str, ...] = ()) -> list[Extracted]:
    """Phase A, its facts sent through JSON as between processes."""
    made = []
    for path, text in files.items():
        content = text if isinstance(text, bytes) else text.encode()
        facts = json.loads(json.dumps(extract(path, content)))
        kind = FileKind.TEST if path in tests else FileKind.SOURCE
        made.append(Extracted(File(path, kind, "csharp", len(content), ""), facts))
    return made


def rows(found: Resolution, *, path: str = "Use.cs") -> list[Row]:
    """All references of one file."""
    return sorted(
        (r.target_name.rpartition(".")[2], r.kind.value, r.count, r.line)
        for r in found.references
        if r.source == path
    )


def of(files: Mapping[str, str | bytes], *, path: str = "Use.cs") -> list[Row]:
    return rows(resolve(extracted(files)), path=path)


def used(body: str) -> Resolution:
    return resolve(extracted({**BASE, "Use.cs": f"{HEAD}{body}\n}}\n"}))
