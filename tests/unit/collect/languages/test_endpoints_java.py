# ruff: noqa: E501 - programs and what is expected of them stand on one line each
"""Where requests come in, in Java and Kotlin; each case decides one thing."""

import pytest
from unit.collect.languages.endpoints_found import artefacts, found, values

SPRING = "package shop;\nimport org.springframework.web.bind.annotation.*;\n"
JAX = "package shop;\nimport jakarta.ws.rs.*;\n"
STRIPES = "package shop.web;\nimport net.sourceforge.stripes.action.*;\n"
STRUTS = "import org.apache.struts2.convention.annotation.*;\n"
KOTLIN = "package shop\nimport org.springframework.web.bind.annotation.*\n"


def spring(body, head=""):
    return {"C.java": f"{SPRING}{head}\nclass C {{\n{body}\n}}\n"}


CASES = {
    "get": (spring('@GetMapping("/a") void f() {}'), ["GET /a C.f"]),
    "every verb has its own annotation": (
        spring(
            '@PostMapping("/a") void a() {} @PutMapping("/a") void b() {}'
            '@DeleteMapping("/a") void c() {} @PatchMapping("/a") void d() {}'
        ),
        ["DELETE /a C.c", "PATCH /a C.d", "POST /a C.a", "PUT /a C.b"],
    ),
    "without a slash": (spring('@GetMapping("a") void f() {}'), ["GET /a C.f"]),
    "without a path": (spring("@GetMapping void f() {}"), ["GET / C.f"]),
    "prefix of the class": (
        spring('@GetMapping("/{id}") void f() {}', '@RequestMapping("/a")'), ["GET /a/{id} C.f"],
    ),
    "prefix alone": (spring("@GetMapping void f() {}", '@RequestMapping("/a")'), ["GET /a C.f"]),
    "a slash at the end stays": (
        spring('@GetMapping({"", "/"}) void f() {}', '@RequestMapping("/a")'),
        ["GET /a C.f", "GET /a/ C.f"],
    ),
    "any method": (spring('@RequestMapping("/a") void f() {}'), ["ANY /a C.f"]),
    "one method": (
        spring('@RequestMapping(value = "/a", method = RequestMethod.POST) void f() {}'),
        ["POST /a C.f"],
    ),
    "several methods and paths": (
        spring(
            '@RequestMapping(path = {"/a", "/b"}, method = {RequestMethod.GET, RequestMethod.PUT})'
            " void f() {}"
        ),
        ["GET /a C.f", "GET /b C.f", "PUT /a C.f", "PUT /b C.f"],
    ),
    "method of the class": (
        spring(
            '@RequestMapping("/b") void f() {}',
            '@RequestMapping(value = "/a", method = RequestMethod.GET)',
        ),
        ["GET /a/b C.f"],
    ),
    "constant of the file": (
        spring('static final String B = "/b"; @GetMapping(B + "/c") void f() {}'), ["GET /b/c C.f"],
    ),
    "constant of constants": (
        spring(
            'static final String A = "/a"; static final String B = A + "/b";'
            "@GetMapping(C.B) void f() {}"
        ),
        ["GET /a/b C.f"],
    ),
    "a constant in a comment is none": (
        spring('// String B = "/no";\n@GetMapping(B) void f() {}'), ["GET /${B} C.f"],
    ),
    "constant from elsewhere": (
        spring('@GetMapping(Paths.B + "/c") void f() {}'), ["GET /${Paths.B}/c C.f"],
    ),
    "placeholder": (spring('@GetMapping("${api}/c") void f() {}'), ["GET /${api}/c C.f"]),
    "regular expression in a variable": (
        spring('@GetMapping("/{id:\\\\d+}") void f() {}'), ["GET /{id:\\d+} C.f"],
    ),
    "in a comment": (spring('// @GetMapping("/a")\nvoid f() {}'), []),
    "in a text": (spring('String s = "@GetMapping(1)";'), []),
    "letters outside of ASCII": (
        spring('String s = "é"; @GetMapping("/größe") void f() {}'), ["GET /größe C.f"],
    ),
    "annotation of the same name from elsewhere": (
        {"C.java": 'import foo.GetMapping;\nclass C { @GetMapping("/a") void f() {} }'}, [],
    ),
    "annotation of the own project": (
        {"C.java": 'class C { @GetMapping("/a") void f() {} }'}, [],
    ),
    "nested class": (
        spring('static class D { @GetMapping("/a") void f() {} }'), ["GET /a D.f"],
    ),
    "two classes of a file keep their prefixes": (
        {
            "C.java": SPRING
            + '@RequestMapping("/a") class C { @GetMapping("/x") void f() {} }\n'
            + '@RequestMapping("/b") class D { @GetMapping("/x") void f() {} }\n'
        },
        ["GET /a/x C.f", "GET /b/x D.f"],
    ),
    "a client of Feign answers nothing": (
        {
            "C.java": SPRING
            + "import org.springframework.cloud.openfeign.FeignClient;\n"
            + '@FeignClient("x") interface C { @GetMapping("/a") void f(); }'
        },
        [],
    ),
    "what stands in for a client of Feign answers nothing": (
        {
            "C.java": SPRING
            + "import org.springframework.cloud.openfeign.FeignClient;\n"
            + '@FeignClient("x") interface C { @GetMapping("/a") void f(); }\n'
            + "class D implements C { public void f() {} }"
        },
        [],
    ),
    "an interface answers by its controller": (
        {
            "A.java": SPRING + '@RequestMapping("/a") interface A { @GetMapping("/x") void f(); }',
            "B.java": SPRING + "@RestController class B implements A { public void f() {} }",
        },
        ["GET /a/x B.f"],
    ),
    "an interface that nobody implements": (
        {"A.java": SPRING + 'interface A { @GetMapping("/x") void f(); }'}, [],
    ),
    "methods of an abstract class answer by its subclasses": (
        {
            "A.java": SPRING + 'abstract class A { @GetMapping("/x") void f() {} }',
            "B.java": SPRING + '@RestController @RequestMapping("/b") class B extends A {}',
            "D.java": SPRING + '@RestController @RequestMapping("/d") class D extends A {}',
        },
        ["GET /b/x B.f", "GET /d/x D.f"],
    ),
    "functional routes": (
        {
            "R.java": "import org.springframework.web.servlet.function.*;\n"
            'class R { Object r() { return route().path("/p", b -> b.GET("/x", h::a)).build(); } }'
        },
        ["GET /p/x h::a"],
    ),
    "nested functional routes": (
        {
            "R.java": "import org.springframework.web.reactive.function.server.*;\n"
            'class R { Object r() { return nest(path("/n"), route(GET("/u"), h::u)'
            '.andRoute(POST("/v"), h::v)); } }'
        },
        ["GET /n/u h::u", "POST /n/v h::v"],
    ),
    "JAX-RS": (
        {"C.java": JAX + '@Path("/a") class C { @GET @Path("{id}") void f() {} }'},
        ["GET /a/{id} C.f"],
    ),
    "JAX-RS without a path at the method": (
        {"C.java": JAX + '@Path("a") class C { @POST void f() {} @DELETE void g() {} }'},
        ["DELETE /a C.g", "POST /a C.f"],
    ),
    "JAX-RS with the path of the application": (
        {
            "A.java": JAX + '@ApplicationPath("rest") class A extends Application {}',
            "C.java": JAX + '@Path("/a") class C { @GET void f() {} }',
        },
        ["GET /rest/a C.f"],
    ),
    "each of two applications has its own path": (
        {
            "x/A.java": JAX + '@ApplicationPath("x") class A extends Application {}',
            "x/C.java": JAX + '@Path("/a") class C { @GET void f() {} }',
            "y/B.java": JAX.replace("shop", "y") + '@ApplicationPath("y") class B {}',
            "y/D.java": JAX.replace("shop", "y") + '@Path("/a") class D { @GET void f() {} }',
        },
        ["GET /x/a C.f", "GET /y/a D.f"],
    ),
    "a path at a parameter is none": (
        {"C.java": JAX + 'class C { @GET void f(@Path("q") int q) {} }'}, [],
    ),
    "verbs of Retrofit are calls, not endpoints": (
        {"C.java": 'import retrofit2.http.*;\ninterface C { @GET("/a") Call f(@Path("q") int q); }'},
        [],
    ),
    "a client of MicroProfile answers nothing": (
        {
            "C.java": JAX
            + "import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;\n"
            + '@RegisterRestClient @Path("/a") interface C { @GET void f(); }'
        },
        [],
    ),
    "a resource that another one leads to": (
        {
            "C.java": JAX + '@Path("/a") class C { @Path("{id}/b") D d() { return new D(); } }',
            "D.java": JAX + "class D { @GET void f() {} }",
        },
        ["GET /a/{id}/b D.f"],
    ),
    "servlet": (
        {
            "S.java": "import javax.servlet.annotation.WebServlet;\n"
            '@WebServlet(urlPatterns = {"/a", "/b/*"}) class S extends HttpServlet {\n'
            "void doGet(HttpServletRequest a, HttpServletResponse b) {}\n"
            "void doPost(HttpServletRequest a, HttpServletResponse b) {} }"
        },
        ["GET /a S", "GET /b/* S", "POST /a S", "POST /b/* S"],
    ),
    "servlet without verbs": (
        {
            "S.java": "import javax.servlet.annotation.*;\n"
            '@WebServlet("/a") class S extends Base {}'
        },
        ["ANY /a S"],
    ),
    "servlets of web.xml": (
        {
            "S.java": "package a;\nclass S { void doGet(A a, B b) {} }",
            "web.xml": "<web-app>\n<servlet><servlet-name>s</servlet-name>"
            "<servlet-class>a.S</servlet-class></servlet>\n"
            "<servlet-mapping><servlet-name>s</servlet-name><url-pattern>/s/*</url-pattern>"
            "</servlet-mapping>\n<!-- <servlet-mapping><servlet-name>s</servlet-name>"
            "<url-pattern>/no</url-pattern></servlet-mapping> -->\n</web-app>",
        },
        ["GET /s/* S"],
    ),
    "servlets of libraries are not the project's": (
        {
            "S.java": "package a;\nclass S {}",
            "web.xml": "<web-app><servlet><servlet-name>s</servlet-name><servlet-class>x.Y"
            "</servlet-class></servlet><servlet-mapping><servlet-name>s</servlet-name>"
            "<url-pattern>/</url-pattern></servlet-mapping></web-app>",
        },
        [],
    ),
    "Struts": (
        {
            "C.java": "package shop.actions.admin;\n" + STRUTS
            + 'class C { @Action("list") String a() { return ""; }'
            + ' @Action(value = "/top", results = {@Result(name = "x", location = "y")})'
            + ' String b() { return ""; } }'
        },
        ["ANY /admin/list C.a", "ANY /top C.b"],
    ),
    "namespace of Struts": (
        {
            "C.java": STRUTS + '@Namespace("/n") class C { @Actions({@Action("a"), @Action("b")})'
            + ' String f() { return ""; } }'
        },
        ["ANY /n/a C.f", "ANY /n/b C.f"],
    ),
    "Stripes by name": (
        {
            "C.java": STRIPES + "class CartActionBean extends Base {\n"
            "@DefaultHandler public Resolution view() { return null; }\n"
            "public ForwardResolution add() { return null; }\n"
            "private Resolution no() { return null; } }",
            "Base.java": STRIPES + "abstract class Base implements ActionBean {}",
        },
        ["ANY /Cart.action CartActionBean.view", "ANY /Cart.action?add CartActionBean.add"],
    ),
    "Stripes by annotation": (
        {
            "C.java": STRIPES + '@UrlBinding("/cart/{$event}") class C implements ActionBean {\n'
            '@HandlesEvent("put") public Resolution add() { return null; } }'
        },
        ["ANY /cart/put C.add"],
    ),
    "a resolution of what is no action bean": (
        {"C.java": STRIPES + "class C { public Resolution add() { return null; } }"}, [],
    ),
    "Micronaut": (
        {
            "C.java": "import io.micronaut.http.annotation.*;\n"
            '@Controller("/a") class C { @Get("/{id}") void f() {} @Post void g() {} }'
        },
        ["GET /a/{id} C.f", "POST /a C.g"],
    ),
    "Kotlin": (
        {
            "C.kt": KOTLIN + '@RestController\n@RequestMapping("/a")\nclass C {\n'
            '  @GetMapping("/{id}")\n  fun f(@PathVariable("id") id: Int) {}\n}\n'
        },
        ["GET /a/{id} C.f"],
    ),
    "arrays and methods in Kotlin": (
        {
            "C.kt": KOTLIN + 'class C {\n  @RequestMapping(value = ["/a", "/b"],'
            " method = [RequestMethod.POST])\n  fun f() {}\n"
            '  @GetMapping(path = arrayOf("/c"))\n  fun g() {}\n}\n'
        },
        ["GET /c C.g", "POST /a C.f", "POST /b C.f"],
    ),
    "constants in Kotlin": (
        {
            "C.kt": KOTLIN + 'const val P = "/p"\nclass C {\n  @GetMapping("$P/x")\n  fun f() {}\n'
            '  @PostMapping(P + "/y")\n  fun g() {}\n}\n'
        },
        ["GET /p/x C.f", "POST /p/y C.g"],
    ),
    "functional routes in Kotlin": (
        {
            "R.kt": "import org.springframework.web.servlet.function.router\n"
            'class R {\n  fun r() = router {\n    "/api".nest {\n      GET("/x", h::a)\n    }\n'
            "  }\n}\n"
        },
        ["GET /api/x h::a"],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("files", "expected"), CASES.values(), ids=CASES)
def test_endpoints__java_and_kotlin__as_expected(files, expected):
    assert found(files) == expected


def test_endpoints__any_order_of_files__the_same():
    files, _ = CASES["methods of an abstract class answer by its subclasses"]
    assert found(dict(reversed(files.items()))) == found(files)


def test_endpoints__artefact__has_all_keys_and_a_place():
    files = {"test/C.java": f'{SPRING}class C {{\n  @GetMapping("/a")\n  void f() {{}}\n}}\n'}
    (one,) = artefacts(files)
    assert (one.location.path, one.location.line) == ("test/C.java", 4)
    assert values(one) == {
        "language": "java",
        "method": "GET",
        "path": "/a",
        "handler": "C.f",
        "framework": "spring",
        "unit": "test/C.java",
        "unit_kind": "test",
    }


def test_endpoints__interface_with_mappings__unit_is_who_implements_it():
    files, _ = CASES["an interface answers by its controller"]
    (one,) = artefacts(files)
    assert one.location.path == "A.java"
    assert values(one)["unit"] == "B.java"


def test_endpoints__web_xml__line_of_the_pattern_and_unit_of_the_servlet():
    files, _ = CASES["servlets of web.xml"]
    (one,) = artefacts(files)
    assert (one.location.path, one.location.line) == ("web.xml", 3)
    assert (values(one)["unit"], values(one)["unit_kind"]) == ("S.java", "source")


def test_endpoints__secret_in_a_path__is_masked():
    files = spring('@GetMapping("/a?token=abcdef123") void f() {}')
    assert found(files) == ["GET /a?token=*** C.f"]
