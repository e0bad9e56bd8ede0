# ruff: noqa: E501 - programs and what is expected of them stand on one line each
"""Where requests come in, in C#; each case decides one thing."""

import pytest
from unit.collect.languages.endpoints_found import artefacts, found, values

BASE = "using Microsoft.AspNetCore.Mvc;\nnamespace Shop;\n"


def api(body, head='[ApiController]\n[Route("api/[controller]")]', base="ControllerBase"):
    return {"C.cs": f"{BASE}{head}\npublic class OrdersController : {base} {{\n{body}\n}}\n"}


def top(body):
    return {"Program.cs": f"var app = WebApplication.Create();\n{body}\n"}


CASES = {
    "token of the controller": (api("[HttpGet] public int Get() => 1;"), ["GET /api/Orders OrdersController.Get"]),
    "verbs": (
        api("[HttpPost] public void A() {} [HttpPut] public void B() {} [HttpDelete] public void C() {} [HttpPatch] public void D() {}"),
        ["DELETE /api/Orders OrdersController.C", "PATCH /api/Orders OrdersController.D", "POST /api/Orders OrdersController.A", "PUT /api/Orders OrdersController.B"],
    ),
    "template of the verb": (api('[HttpGet("{id:int}")] public int Get(int id) => 1;'), ["GET /api/Orders/{id:int} OrdersController.Get"]),
    "name of the route is no path": (api('[HttpGet(Name = "x")] public int Get() => 1;'), ["GET /api/Orders OrdersController.Get"]),
    "route beside the verb": (api('[HttpGet] [Route("x")] public int Get() => 1;'), ["GET /api/Orders/x OrdersController.Get"]),
    "attributes in one pair of brackets": (api('[Authorize, HttpGet("x")] public int Get() => 1;'), ["GET /api/Orders/x OrdersController.Get"]),
    "route without a verb": (api('[Route("x")] public int Get() => 1;'), ["ANY /api/Orders/x OrdersController.Get"]),
    "absolute path": (api('[HttpGet("/x")] public int A() => 1; [HttpGet("~/y")] public int B() => 1;'), ["GET /x OrdersController.A", "GET /y OrdersController.B"]),
    "token of the action": (api("[HttpGet] public int ListAsync() => 1;", '[Route("[controller]/[action]")]'), ["GET /Orders/List OrdersController.ListAsync"]),
    "two routes of the class": (api("[HttpGet] public int Get() => 1;", '[Route("a")]\n[Route("b")]'), ["GET /a OrdersController.Get", "GET /b OrdersController.Get"]),
    "two verbs of a method": (api('[HttpGet("x")] [HttpPost("y")] public int Get() => 1;'), ["GET /api/Orders/x OrdersController.Get", "POST /api/Orders/y OrdersController.Get"]),
    "accepted verbs": (api('[AcceptVerbs("GET", "post")] public int Get() => 1;'), ["GET /api/Orders OrdersController.Get", "POST /api/Orders OrdersController.Get"]),
    "constant of the file": (api('const string P = "p"; [HttpGet(P + "/x")] public int Get() => 1;'), ["GET /api/Orders/p/x OrdersController.Get"]),
    "constant from elsewhere": (api("[HttpGet(Paths.X)] public int Get() => 1;"), ["GET /api/Orders/${Paths.X} OrdersController.Get"]),
    "no template at all": (api("[HttpPost] public void Create() {}", "", "Controller"), ["POST /Orders/Create OrdersController.Create"]),
    "area": (api("[HttpPost] public void Create() {}", '[Area("Admin")]', "Controller"), ["POST /Admin/Orders/Create OrdersController.Create"]),
    "token of the area": (api("[HttpGet] public void X() {}", '[Area("Admin")]\n[Route("[area]/[controller]")]'), ["GET /Admin/Orders OrdersController.X"]),
    "prefix of Web API": (api('[HttpGet, Route("x")] public int Get() => 1;', '[RoutePrefix("api/o")]', "ApiController"), ["GET /api/o/x OrdersController.Get"]),
    "route of the class above": (
        {
            "B.cs": f'{BASE}[ApiController]\n[Route("api/[controller]")]\npublic abstract class Base : ControllerBase {{}}\n',
            "C.cs": f"{BASE}public class OrdersController : Base {{ [HttpGet] public int Get() => 1; }}\n",
        },
        ["GET /api/Orders OrdersController.Get"],
    ),
    "methods of a class above": (
        {
            "B.cs": f"{BASE}public abstract class Base : ControllerBase {{ [HttpGet] public int Get() => 1; }}\n",
            "C.cs": f'{BASE}[Route("[controller]")]\npublic class OrdersController : Base {{}}\n',
        },
        ["GET /Orders OrdersController.Get"],
    ),
    "no action": (api("[NonAction] [HttpGet] public int Get() => 1;"), []),
    "in a comment": (api("// [HttpGet]\npublic int Get() => 1;"), []),
    "in a text": (api('string s = "[HttpGet]";'), []),
    "a class that is no controller": ({"C.cs": f"{BASE}class Orders {{ [HttpGet] public int Get() => 1; }}\n"}, []),
    "attribute of the own project": (
        {
            "A.cs": "namespace Shop;\nclass HttpGetAttribute : Attribute {}\n",
            "C.cs": "namespace Shop;\nclass OrdersController { [HttpGet] public int Get() => 1; }\n",
        },
        [],
    ),
    "a client of Refit": ({"C.cs": 'using Refit;\ninterface IApi { [Get("/x")] Task F(); }\n'}, []),
    "map": (top('app.MapGet("/x", () => 1);\napp.MapPost("/y/{id}", Handlers.Create);'), ["GET /x", "POST /y/{id} Handlers.Create"]),
    "map of several methods": (top('app.MapMethods("/x", new[] { "GET", "PUT" }, F);'), ["GET /x F", "PUT /x F"]),
    "groups": (top('var g = app.MapGroup("/g");\ng.MapGet("/x", F);\ng.MapGroup("/h").WithTags("t").MapGet("/y", F);'), ["GET /g/h/y F", "GET /g/x F"]),
    "map of something else": (top('mapper.MapGet();\nx.MapToPage("/x", 1);'), []),
}  # fmt: skip


@pytest.mark.parametrize(("files", "expected"), CASES.values(), ids=CASES)
def test_endpoints__csharp__as_expected(files, expected):
    assert found(files) == expected


def test_endpoints__csharp_artefact__has_its_line():
    files, _ = CASES["token of the controller"]
    (one,) = artefacts(files)
    assert (one.location.line, values(one)["framework"]) == (6, "aspnet")
