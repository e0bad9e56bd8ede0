# ruff: noqa: E501 - programs and what is expected of them stand on one line each
"""Where requests come in, in PHP; each case decides one thing."""

import pytest
from unit.collect.languages.endpoints_found import artefacts, found, values

SYMFONY = "<?php\nnamespace App;\nuse Symfony\\Component\\Routing\\Attribute\\Route;\n"


def web(body):
    return {"routes/web.php": f"<?php\nuse App\\C;\n{body}\n"}


def symfony(body, head=""):
    return {"src/C.php": f"{SYMFONY}{head}\nclass C {{\n{body}\n}}\n"}


CASES = {
    "class and method": (web("Route::get('/a', [C::class, 'f']);"), ["GET /a C.f"]),
    "text": (web("Route::get('a', 'C@f');"), ["GET /a C.f"]),
    "class alone": (web("Route::get('/a', C::class);"), ["GET /a C"]),
    "function": (web("Route::get('/a', function () {});"), ["GET /a"]),
    "verbs": (
        web("Route::post('/a', 'C@a'); Route::put('/a', 'C@b'); Route::patch('/a', 'C@c'); Route::delete('/a', 'C@d');"),
        ["DELETE /a C.d", "PATCH /a C.c", "POST /a C.a", "PUT /a C.b"],
    ),
    "any": (web("Route::any('/a', 'C@f');"), ["ANY /a C.f"]),
    "match": (web("Route::match(['get', 'post'], '/a', 'C@f');"), ["GET /a C.f", "POST /a C.f"]),
    "view and redirect": (web("Route::view('/a', 'page'); Route::redirect('/b', '/c');"), ["ANY /b", "GET /a"]),
    "handler in an array": (web("Route::get('/a', ['as' => 'x', 'uses' => 'C@f']);"), ["GET /a C.f"]),
    "prefix": (web("Route::prefix('p')->group(function () { Route::get('/a', 'C@f'); });"), ["GET /p/a C.f"]),
    "prefix in an array": (web("Route::group(['prefix' => 'p', 'middleware' => 'x'], function () { Route::get('a', 'C@f'); });"), ["GET /p/a C.f"]),
    "prefix of one route": (web("Route::middleware('x')->prefix('p')->get('/a', 'C@f');"), ["GET /p/a C.f"]),
    "groups in groups": (
        web("Route::prefix('p')->group(function () { Route::middleware('x')->prefix('q')->group(function () { Route::get('/', 'C@f'); }); });"),
        ["GET /p/q C.f"],
    ),
    "controller of a group": (web("Route::controller(C::class)->group(function () { Route::get('/a', 'f'); });"), ["GET /a C.f"]),
    "what follows is no prefix": (web("Route::get('/a', 'C@f')->name('b')->where('c', 'd');"), ["GET /a C.f"]),
    "resource": (
        web("Route::resource('photos', C::class);"),
        ["DELETE /photos/{photo} C.destroy", "GET /photos C.index", "GET /photos/create C.create", "GET /photos/{photo} C.show", "GET /photos/{photo}/edit C.edit", "POST /photos C.store", "PUT /photos/{photo} C.update"],
    ),
    "resource without forms": (
        web("Route::apiResource('categories', C::class)->except(['destroy', 'update']);"),
        ["GET /categories C.index", "GET /categories/{category} C.show", "POST /categories C.store"],
    ),
    "some of a resource": (web("Route::resource('photos', 'C', ['only' => ['index']]);"), ["GET /photos C.index"]),
    "nested resource": (
        web("Route::resource('photos.comments', C::class)->only(['show']);"), ["GET /photos/{photo}/comments/{comment} C.show"],
    ),
    "several resources": (web("Route::apiResources(['a' => C::class]);"), ["DELETE /a/{a} C.destroy", "GET /a C.index", "GET /a/{a} C.show", "POST /a C.store", "PUT /a/{a} C.update"]),
    "file of an interface for programs": ({"routes/api.php": "<?php\nRoute::get('a', 'C@f');"}, ["GET /api/a C.f"]),
    "Lumen": ({"routes/web.php": "<?php\n$router->group(['prefix' => 'p'], function () use ($router) { $router->get('a', 'C@f'); });"}, ["GET /p/a C.f"]),
    "Slim": (
        {"app.php": "<?php\n$app->get('/a', C::class . ':f');\n$app->group('/p', function ($group) { $group->post('/b', C::class); });"},
        ["GET /a C.f", "POST /p/b C"],
    ),
    "other facades": (web("Http::get('/a', 'x'); Cache::get('/a', 'x'); $client->get('/a', 'x');"), []),
    "in a comment or a text": (web("// Route::get('/a', 'C@f');\n$s = \"Route::get('/a', 'C@f')\";"), []),
    "attribute": (symfony("#[Route('/a', name: 'x', methods: ['GET', 'POST'])]\npublic function f() {}"), ["GET /a C.f", "POST /a C.f"]),
    "attribute without methods": (symfony("#[Route('/a')]\npublic function f() {}"), ["ANY /a C.f"]),
    "attribute with a named path": (symfony("#[Route(name: 'x', path: '/a')]\npublic function f() {}"), ["ANY /a C.f"]),
    "prefix of the class": (symfony("#[Route('/b', methods: 'GET')]\npublic function f() {}", "#[Route('/a')]"), ["GET /a/b C.f"]),
    "class that is called": (symfony("public function __invoke() {}", "#[Route('/a')]"), ["ANY /a C.__invoke"]),
    "attribute of the own project": ({"C.php": "<?php\nuse App\\Route;\nclass C {\n#[Route('/a')]\npublic function f() {} }"}, []),
}  # fmt: skip


@pytest.mark.parametrize(("files", "expected"), CASES.values(), ids=CASES)
def test_endpoints__php__as_expected(files, expected):
    assert found(files) == expected


def test_endpoints__php_controller_of_another_file__is_the_unit():
    files = {
        "app/C.php": "<?php\nnamespace App;\nclass C { public function f() {} }\n",
        "routes/web.php": "<?php\nuse App\\C;\nRoute::get('/a', [C::class, 'f']);\n",
    }
    (one,) = artefacts(files)
    assert (one.location.path, one.location.line) == ("routes/web.php", 3)
    assert values(one)["unit"] == "app/C.php"
