# ruff: noqa: E501 - programs and what is expected of them stand on one line each
"""Where requests come in, in JavaScript and TypeScript; each case decides one thing."""

import pytest
from unit.collect.languages.endpoints_found import artefacts, found, values

EXPRESS = "const express = require('express');\nconst app = express();\n"
ROUTER = "const router = require('express').Router();\n"
NEST = "import { Controller, Get, Post } from '@nestjs/common';\n"


def one(text):
    return {"a.js": text}


CASES = {
    "app": (one(EXPRESS + "app.get('/a', list);"), ["GET /a list"]),
    "verbs": (
        one(EXPRESS + "app.post('/a', x); app.del('/a', x); app.all('/b', x); app.patch('/c', x)"),
        ["ANY /b x", "DELETE /a x", "PATCH /c x", "POST /a x"],
    ),
    "handler after what stands before it": (
        one(EXPRESS + "app.get('/a', auth, wrap(ctrl.list));"), ["GET /a ctrl.list"],
    ),
    "handlers in a list": (one(EXPRESS + "app.get('/a', [auth, list]);"), ["GET /a list"]),
    "bound handler": (one(EXPRESS + "app.get('/a', c.list.bind(c));"), ["GET /a c.list"]),
    "function without a name": (one(EXPRESS + "app.get('/a', (req, res) => {});"), ["GET /a"]),
    "several paths": (
        one(EXPRESS + "app.get(['/a', '/b'], list);"), ["GET /a list", "GET /b list"],
    ),
    "chain": (
        one(EXPRESS + "app.route('/a').get(list).post(auth, make);"), ["GET /a list", "POST /a make"],
    ),
    "constant and template": (
        one("const P = '/p';\n" + EXPRESS + "app.get(`${P}/a`, x); app.get(P + '/b', y);"),
        ["GET /p/a x", "GET /p/b y"],
    ),
    "a variable from elsewhere": (
        one(EXPRESS + "app.get(`/a/${conf.x}`, x);"), ["GET /a/${conf.x} x"],
    ),
    "pattern": (one(EXPRESS + "app.get(/^\\/a/, x);"), ["GET /^\\/a/ x"]),
    "a setting is no route": (one(EXPRESS + "app.get('title'); app.get('env', x);"), []),
    "router below": (
        one(EXPRESS + "const r = express.Router();\nr.get('/x', x);\napp.use('/a', auth, r);"),
        ["GET /a/x x"],
    ),
    "root of a router below": (
        one(EXPRESS + "const r = express.Router();\nr.get('/', x);\napp.use('/a', r);"),
        ["GET /a x"],
    ),
    "router of another file": (
        {
            "a.js": EXPRESS + "app.use('/a', require('./b'));",
            "b.js": ROUTER + "router.get('/x', x);\nmodule.exports = router;",
        },
        ["GET /a/x x"],
    ),
    "imported router": (
        {
            "a.ts": "import express from 'express';\nimport b from './b';\n"
            "const app = express();\napp.use('/a', b);",
            "b.ts": "import { Router } from 'express';\nconst router: Router = Router();\n"
            "router.get('/x', x);\nexport default router;",
        },
        ["GET /a/x x"],
    ),
    "router by name": (
        {
            "a.ts": "import express from 'express';\nimport { users } from './b';\n"
            "const app = express();\napp.use('/a', users);",
            "b.ts": "import { Router } from 'express';\nexport const users = Router();\n"
            "export const other = Router();\nusers.get('/x', x);\nother.get('/y', y);",
        },
        ["GET /a/x x", "GET /y y"],
    ),
    "router passed on by an index": (
        {
            "a.ts": "import express from 'express';\nimport { b } from './all';\n"
            "const app = express();\napp.use('/a', b);",
            "all/index.ts": "export { default as b } from './b';",
            "all/b.ts": "import { Router } from 'express';\nconst router = Router();\n"
            "router.get('/x', x);\nexport default router;",
        },
        ["GET /a/x x"],
    ),
    "routers below routers": (
        {
            "a.js": EXPRESS + "app.use('/a', require('./b'));",
            "b.js": ROUTER + "router.use('/b', require('./c'));\nmodule.exports = router;",
            "c.js": ROUTER + "router.post('/c', x);\nmodule.exports = router;",
        },
        ["POST /a/b/c x"],
    ),
    "chain of routers": (
        {
            "a.ts": "import { Router } from 'express';\nimport b from './b';\n"
            "const api = Router().use(b);\nexport default Router().use('/api', api);",
            "b.ts": "import { Router } from 'express';\nconst router = Router();\n"
            "router.get('/x', x);\nexport default router;",
        },
        ["GET /api/x x"],
    ),
    "function that makes a router": (
        {
            "a.js": EXPRESS + "const make = require('./b');\napp.use('/a', make());",
            "b.js": "const express = require('express');\nmodule.exports = () => {\n"
            "const router = express.Router();\nrouter.get('/x', x);\nreturn router;\n};",
        },
        ["GET /a/x x"],
    ),
    "function that is given the app": (
        {
            "a.js": EXPRESS + "require('./b')(app);",
            "b.js": "module.exports = (app) => { app.get('/x', x); };",
        },
        ["GET /x x"],
    ),
    "below two routers": (
        one(EXPRESS + "const r = express.Router();\nr.get('/x', x);\napp.use('/a', r);\n"
            "app.use('/b', r);"),
        ["GET /a/x x", "GET /b/x x"],
    ),
    "each function has its own router": (
        one(
            "const { Router } = require('express');\nfunction a() { const r = Router(); "
            "r.get('/a', x); return r; }\nfunction b() { const r = Router(); r.get('/b', y); "
            "return r; }\nconst app = Router();\napp.use('/p', a());"
        ),
        ["GET /b y", "GET /p/a x"],
    ),
    "list of routers": (
        {
            "a.js": ROUTER + "const b = require('./b');\nconst all = [{ path: '/b', route: b }];\n"
            "all.forEach((one) => {\n  router.use(one.path, one.route);\n});",
            "b.js": ROUTER + "router.get('/x', x);\nmodule.exports = router;",
        },
        ["GET /b/x x"],
    ),
    "Koa": (
        one("const Router = require('@koa/router');\nconst router = new Router({ prefix: '/a' });\n"
            "router.get('/x', x);\napp.use(router.routes());"),
        ["GET /a/x x"],
    ),
    "Fastify": (
        one("const fastify = require('fastify')();\nfastify.get('/x', { schema }, x);\n"
            "fastify.route({ method: ['GET', 'PUT'], url: '/y', handler: y });"),
        ["GET /x x", "GET /y y", "PUT /y y"],
    ),
    "plugins of Fastify": (
        {
            "a.js": "const fastify = require('fastify')();\n"
            "fastify.register(require('./b'), { prefix: '/a' });\n"
            "fastify.register(async (it) => { it.get('/y', y); }, { prefix: '/c' });",
            "b.js": "module.exports = async function (fastify, options) {\n"
            "fastify.get('/x', x);\n};",
        },
        ["GET /a/x x", "GET /c/y y"],
    ),
    "a request is no route": (
        one("const axios = require('axios');\naxios.get('/a', config);\n"
            "const http = axios.create();\nhttp.post('/a', body);\nclient.get('/a', done);"),
        [],
    ),
    "tests of an app are no routes": (
        one(EXPRESS + "request(app).get('/a').expect(200);\nrequest(app).post('/a', x);"), [],
    ),
    "a map is no router": (
        one(EXPRESS + "const cache = new Map();\ncache.get('/a', x);\nthis.get('/a', x);"), [],
    ),
    "an imported client is no router": (
        {
            "a.js": EXPRESS + "const api = require('./b');\napi.get('/a', done);",
            "b.js": "const axios = require('axios');\nmodule.exports = axios.create();",
        },
        [],
    ),
    "in a comment or a text": (
        one(EXPRESS + "// app.get('/a', x);\nconst s = \"app.get('/a', x)\";"), [],
    ),
    "Nest": (
        {"a.ts": NEST + "@Controller('a')\nexport class C {\n  @Get(':id')\n  f() {}\n"
         "  @Post()\n  g() {}\n}"},
        ["GET /a/:id C.f", "POST /a C.g"],
    ),
    "Nest without a path": (
        {"a.ts": NEST + "@Controller()\nclass C {\n  @Get()\n  @Auth('x')\n  f() {}\n}"},
        ["GET / C.f"],
    ),
    "options and lists of Nest": (
        {"a.ts": NEST + "@Controller({ path: 'a', version: '1' })\nclass C {\n"
         "  @Get(['x', 'y'])\n  f() {}\n}"},
        ["GET /a/x C.f", "GET /a/y C.f"],
    ),
    "prefix of the application of Nest": (
        {
            "main.ts": "app.setGlobalPrefix('api');",
            "a.ts": NEST + "@Controller('a')\nclass C {\n  @Get('x')\n  f() {}\n}",
        },
        ["GET /api/a/x C.f"],
    ),
    "decorators of the same name": (
        {"a.ts": "import { Controller, Get } from './own';\n@Controller('a')\nclass C {\n"
         "  @Get('x')\n  f() {}\n}"},
        [],
    ),
    "a class that is no controller": (
        {"a.ts": NEST + "class C {\n  @Get('x')\n  f() {}\n}"}, [],
    ),
    "routes of Next": (
        {
            "src/app/api/(shop)/cart/[id]/route.ts": "import { NextResponse } from 'next/server';\n"
            "export async function GET() {}\nexport function POST() {}\nfunction help() {}",
            "pages/api/users/index.ts": "export default function handler(req, res) {}",
        },
        ["ANY /api/users", "GET /api/cart/[id] GET", "POST /api/cart/[id] POST"],
    ),
    "folders of the same name without Next": (
        {"pages/api/users.js": "module.exports = 1;", "app/x/route.js": "function GET() {}"}, [],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("files", "expected"), CASES.values(), ids=CASES)
def test_endpoints__scripts__as_expected(files, expected):
    assert found(files) == expected


def test_endpoints__script_handler_of_another_file__is_the_unit():
    files = {
        "a.js": EXPRESS + "const users = require('./b');\napp.get('/a', users.list);",
        "b.js": "exports.list = (req, res) => {};",
    }
    (one,) = artefacts(files)
    assert (one.location.path, one.location.line) == ("a.js", 4)
    assert values(one)["unit"] == "b.js"


def test_endpoints__scripts_in_any_order__the_same():
    files, _ = CASES["routers below routers"]
    assert found(dict(reversed(files.items()))) == found(files)
