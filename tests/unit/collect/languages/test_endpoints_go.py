# ruff: noqa: E501 - programs and what is expected of them stand on one line each
"""Where requests come in, in Go; each case decides one thing."""

import pytest
from unit.collect.languages.endpoints_found import artefacts, found, values


def go(body, *libraries, name="m"):
    imports = "\n".join(f'"{one}"' for one in libraries)
    return f"package {name}\nimport (\n{imports}\n)\n{body}\n"


GIN = "github.com/gin-gonic/gin"
ECHO = "github.com/labstack/echo/v4"
CHI = "github.com/go-chi/chi/v5"
GORILLA = "github.com/gorilla/mux"
FIBER = "github.com/gofiber/fiber/v2"
HTTP = "net/http"


def one(body, *libraries):
    return {"m.go": go(body, *libraries)}


CASES = {
    "default mux": (
        one('func main() { http.HandleFunc("/a", list) }', HTTP), ["ANY /a list"],
    ),
    "pattern with a method": (
        one('func main() { mux := http.NewServeMux(); mux.HandleFunc("GET /a/{id}", list) }', HTTP),
        ["GET /a/{id} list"],
    ),
    "pattern with a host": (
        one('func main() { http.Handle("example.com/a", list) }', HTTP), ["ANY /a list"],
    ),
    "handler inside of calls": (
        one('func main() { http.Handle("/a", log(http.HandlerFunc(list))) }', HTTP),
        ["ANY /a list"],
    ),
    "function without a name": (
        one('func main() { http.HandleFunc("/a", func(w W, r *R) {}) }', HTTP),
        ["ANY /a main()"],
    ),
    "mux of a struct": (
        one('func (s *Server) run() { s.mux.HandleFunc("/a", s.list) }', HTTP),
        ["ANY /a s.list"],
    ),
    "a router below the default one is no endpoint": (
        one(
            'func main() { m := http.NewServeMux(); m.HandleFunc("/a", list); http.Handle("/", m) }',
            HTTP,
        ),
        ["ANY /a list"],
    ),
    "a stripped prefix comes before what is below": (
        one(
            'func main() { m := http.NewServeMux(); m.HandleFunc("/a", list);'
            ' http.Handle("/api/", http.StripPrefix("/api", m)) }',
            HTTP,
        ),
        ["ANY /api/a list"],
    ),
    "gin": (
        one('func main() { r := gin.Default(); r.GET("/a/:id", list); r.POST("/a", make) }', GIN),
        ["GET /a/:id list", "POST /a make"],
    ),
    "handler after what stands before it": (
        one('func main() { r := gin.New(); r.GET("/a", auth(), list) }', GIN), ["GET /a list"],
    ),
    "groups": (
        one(
            'func main() { r := gin.Default(); v1 := r.Group("/v1"); {\n'
            ' u := v1.Group("/users", auth()); u.GET("/:id", get) } }',
            GIN,
        ),
        ["GET /v1/users/:id get"],
    ),
    "group in a chain": (
        one('func main() { r := gin.Default(); r.Group("/v1").GET("/a", get) }', GIN),
        ["GET /v1/a get"],
    ),
    "empty path": (
        one('func main() { r := gin.Default(); r.Group("/v1").GET("", get) }', GIN),
        ["GET /v1 get"],
    ),
    "any and handle": (
        one('func main() { r := gin.Default(); r.Any("/a", x); r.Handle("PUT", "/b", y) }', GIN),
        ["ANY /a x", "PUT /b y"],
    ),
    "constant of the file": (
        one('const p = "/p"\nfunc main() { r := gin.Default(); r.GET(p+"/a", x) }', GIN),
        ["GET /p/a x"],
    ),
    "path from elsewhere": (
        one("func main() { r := gin.Default(); r.GET(paths.A, x) }", GIN), ["GET /${paths.A} x"],
    ),
    "router as a parameter": (
        one('func routes(r *gin.Engine) { r.GET("/a", x) }', GIN), ["GET /a x"],
    ),
    "a function that is given a group": (
        one(
            'func main() { r := gin.Default(); routes(r.Group("/v1")) }\n'
            'func routes(g *gin.RouterGroup) { g.GET("/a", x) }',
            GIN,
        ),
        ["GET /v1/a x"],
    ),
    "a function that is given a variable": (
        one(
            'func main() { r := gin.Default(); v := r.Group("/v1"); routes(1, v) }\n'
            'func routes(n int, g *gin.RouterGroup) { g.GET("/a", x) }',
            GIN,
        ),
        ["GET /v1/a x"],
    ),
    "a function that is given two groups": (
        one(
            'func main() { r := gin.Default(); routes(r.Group("/v1")); routes(r.Group("/v2")) }\n'
            'func routes(g *gin.RouterGroup) { g.GET("/a", x) }',
            GIN,
        ),
        ["GET /v1/a x", "GET /v2/a x"],
    ),
    "a function of another package": (
        {
            "go.mod.go": go("", name="x"),
            "main.go": go(
                'func main() { r := gin.Default(); users.Routes(r.Group("/users")) }',
                GIN, "example.com/app/users", name="main",
            ),
            "users/users.go": go(
                'func Routes(g *gin.RouterGroup) { g.GET("/:id", get) }\nfunc get() {}',
                GIN, name="users",
            ),
        },
        ["GET /users/:id get"],
    ),
    "what tests pass does not count": (
        {
            "a.go": go('func routes(g *gin.RouterGroup) { g.GET("/a", x) }', GIN),
            "a_test.go": go('func t() { r := gin.New(); routes(r.Group("/test")) }', GIN),
        },
        ["GET /a x"],
    ),
    "echo": (
        one(
            'func main() { e := echo.New(); g := e.Group("/g"); g.GET("/a", list, auth);'
            ' e.Add("PATCH", "/b", edit) }',
            ECHO,
        ),
        ["GET /g/a list", "PATCH /b edit"],
    ),
    "chi": (
        one(
            'func main() { r := chi.NewRouter(); r.Get("/a", list); r.With(auth).Post("/a", make);'
            ' r.Method("PUT", "/b", h) }',
            CHI,
        ),
        ["GET /a list", "POST /a make", "PUT /b h"],
    ),
    "routes below in chi": (
        one(
            'func main() { r := chi.NewRouter(); r.Route("/a", func(r chi.Router) {\n'
            'r.Get("/", list); r.Route("/{id}", func(r chi.Router) { r.Delete("/", drop) }) }) }',
            CHI,
        ),
        ["DELETE /a/{id} drop", "GET /a list"],
    ),
    "group without a path in chi": (
        one(
            'func main() { r := chi.NewRouter(); r.Group(func(r chi.Router) { r.Get("/a", x) }) }',
            CHI,
        ),
        ["GET /a x"],
    ),
    "mounted function in chi": (
        one(
            'func main() { r := chi.NewRouter(); r.Mount("/admin", admin()) }\n'
            'func admin() chi.Router { r := chi.NewRouter(); r.Get("/x", x)\nreturn r }',
            CHI,
        ),
        ["GET /admin/x x"],
    ),
    "mounted method in chi": (
        one(
            'type todos struct{}\n'
            'func main() { r := chi.NewRouter(); r.Mount("/todos", todos{}.Routes()) }\n'
            'func (t todos) Routes() chi.Router { r := chi.NewRouter(); r.Get("/x", t.X)\nreturn r }',
            CHI,
        ),
        ["GET /todos/x t.X"],
    ),
    "gorilla": (
        one(
            'func main() { r := mux.NewRouter(); r.HandleFunc("/a", list).Methods("GET", '
            'http.MethodPost) }',
            GORILLA, HTTP,
        ),
        ["GET /a list", "POST /a list"],
    ),
    "sub-router of gorilla": (
        one(
            'func main() { r := mux.NewRouter(); s := r.PathPrefix("/api").Subrouter()\n'
            's.HandleFunc("/a", list) }',
            GORILLA, HTTP,
        ),
        ["ANY /api/a list"],
    ),
    "chain of gorilla": (
        one(
            'func main() { r := mux.NewRouter(); r.Methods("GET").Path("/a").HandlerFunc(list) }',
            GORILLA,
        ),
        ["GET /a list"],
    ),
    "a struct around a router": (
        one('func New() *H { h := &H{Router: mux.NewRouter()}; h.Handle("/a", wrap(h.list)).Methods("GET"); return h }', GORILLA),
        ["GET /a h.list"],
    ),
    "a mux of other things": (
        one("func f(mux *runtime.ServeMux) { mux.Handle(http.MethodPost, pattern, h) }", HTTP), [],
    ),
    "fiber": (
        one('func main() { app := fiber.New(); app.Get("/a", list); app.All("/b", x) }', FIBER),
        ["ANY /b x", "GET /a list"],
    ),
    "a client is no router": (
        one('func f(c *Client) { c.Get("/a", handle); client.GET("/a", handle) }', CHI, GIN), [],
    ),
    "a call for a value is no route": (
        one('func f(api *Api) { api.Get("/a", &value); api.Post("/a", "text") }', CHI), [],
    ),
    "a cache is no router": (
        one('func f() { cache := New(); cache.Get("/a", key) }', FIBER), [],
    ),
    "no function": (one("var r = gin.Default()", GIN), []),
    "no library with routers": (
        one('func f(r Router) { r.GET("/a", list) }', "example.com/other"), [],
    ),
    "in a comment or a text": (
        one('func main() { r := gin.New()\n// r.GET("/a", x)\n_ = `r.GET("/a", x)` }', GIN), [],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("files", "expected"), CASES.values(), ids=CASES)
def test_endpoints__go__as_expected(files, expected):
    assert found(files) == expected


def test_endpoints__go_handler_of_another_file__is_the_unit():
    files = {
        "a.go": go('func main() { r := gin.Default(); r.GET("/a", list) }', GIN),
        "b.go": go("func list(c *gin.Context) {}", GIN),
    }
    (one,) = artefacts(files)
    assert (one.location.path, values(one)["unit"]) == ("a.go", "b.go")


def test_endpoints__go_handler_of_a_foreign_package__is_no_method_of_that_name():
    files = {
        "a.go": go('func main() { http.HandleFunc("/a", pprof.Trace) }', HTTP, "net/http/pprof"),
        "b.go": go("type T struct{}\nfunc (t T) Trace() {}"),
    }
    (one,) = artefacts(files)
    assert values(one)["unit"] == "a.go"


def test_endpoints__go_any_order_of_files__the_same():
    files, _ = CASES["a function of another package"]
    assert found(dict(reversed(files.items()))) == found(files)
