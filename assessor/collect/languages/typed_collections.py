"""What libraries take for granted, as data: what methods give of collections, namespaces."""

# An element: the last type argument.
ELEMENT = frozenset(
    {
        "Aggregate", "Dequeue", "ElementAt", "ElementAtOrDefault", "Find", "FindLast", "First",
        "FirstOrDefault", "GetAwaiter", "GetResult", "GetValueOrDefault", "Last",
        "LastOrDefault", "MaxBy", "MinBy", "Peek", "Pop", "Result", "Single", "SingleOrDefault",
        "Value", "[]", "first", "get", "getFirst", "getLast", "getOrDefault", "getValue", "join",
        "last", "next", "orElse", "orElseGet", "orElseThrow", "peek", "poll", "pop", "remove",
        "take",
    }
)  # fmt: skip
# A collection of the same elements; of an asynchronous method, the task of an element.
SAME = frozenset(
    {
        "AsEnumerable", "AsNoTracking", "AsQueryable", "AsSplitQuery", "AsTracking", "Concat",
        "Distinct", "DistinctBy", "Except", "ExceptBy", "FindAll", "FindAsync",
        "FirstAsync", "FirstOrDefaultAsync", "IgnoreQueryFilters", "Include", "Intersect",
        "LastAsync", "LastOrDefaultAsync", "Order", "OrderBy", "OrderByDescending",
        "OrderDescending", "Reverse", "SingleAsync", "SingleOrDefaultAsync", "Skip", "SkipWhile",
        "Take", "TakeWhile", "ThenBy", "ThenByDescending", "ThenInclude", "ToArray", "ToHashSet",
        "ToImmutableArray", "ToImmutableList", "ToList", "Union", "UnionBy", "Values", "Where",
        "Append", "Prepend", "DefaultIfEmpty", "AsReadOnly",
    }
)  # fmt: skip
# The task of a collection of the same elements.
LISTED = frozenset({"ToArrayAsync", "ToHashSetAsync", "ToListAsync"})
# Namespaces that the build imports into every file. Projects declare in them, too: methods that
# extend the library's types, so that they are seen without an import.
IMPLIED = {
    "csharp": (
        "System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http",
        "System.Net.Http.Json", "System.Threading", "System.Threading.Tasks",
        "Microsoft.AspNetCore.Builder", "Microsoft.AspNetCore.Hosting",
        "Microsoft.AspNetCore.Http", "Microsoft.AspNetCore.Routing",
        "Microsoft.Extensions.Configuration", "Microsoft.Extensions.DependencyInjection",
        "Microsoft.Extensions.Hosting", "Microsoft.Extensions.Logging",
    )
}  # fmt: skip
