"""Calls over the network in Python: HTTP clients, gRPC, SOAP, XML-RPC, cloud services."""

import pytest
from python_told import told


def remote(text, **more):
    return told("code.remote", {"app/a.py": text, **more})


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("import requests\nrequests.get('http://s/a')", ("GET", "http://s/a", "requests")),
        ("from requests import post\npost(url='http://s')", ("POST", "http://s", "requests")),
        (
            "import requests as r\nr.request('delete', 'http://s')",
            ("DELETE", "http://s", "requests"),
        ),
        ("import requests\ndef f(u):\n  requests.put(u)", ("PUT", None, "requests")),
        (
            (
                "from requests import Session\nclass C:\n  def __init__(self):\n"
                "    self.s = Session()\n"
                "  def f(self):\n    self.s.patch('http://s')"
            ),
            ("PATCH", "http://s", "requests"),
        ),
        (
            (
                "import httpx\nasync def f(i):\n"
                "  async with httpx.AsyncClient(base_url='http://stock/') as c:\n"
                "    await c.get(f'/items/{i}')"
            ),
            ("GET", "http://stock/items/{}", "httpx"),
        ),
        (
            "import aiohttp\nasync def f(s: aiohttp.ClientSession):\n  await s.post('http://s')",
            ("POST", "http://s", "aiohttp"),
        ),
        (
            (
                "from urllib.request import urlopen, Request\n"
                "q = Request('http://s', method='PUT')\nurlopen(q)"
            ),
            ("PUT", "http://s", "urllib"),
        ),
        ((
            "import urllib.request\n"
            "urllib.request.urlopen('http://s', b'x')"
        ), ("POST", "http://s", "urllib")),
        (
            "import http.client\nc = http.client.HTTPSConnection('s.org')\nc.request('GET', '/a')",
            ("GET", "s.org/a", "http"),
        ),
        ((
            "import urllib3\n"
            "urllib3.PoolManager().request('GET', 'http://s')"
        ), ("GET", "http://s", "urllib3")),
        (
            "import httplib2\nhttplib2.Http().request('http://s', 'PUT')",
            ("PUT", "http://s", "httplib2"),
        ),
    ],
)  # fmt: skip
def test_remote__http_client__method_and_address(text, expected):
    [found] = remote(text)
    assert found[1:] == ("http", *expected, 1)


@pytest.mark.parametrize(
    ("address", "target"),
    [
        ("BASE + '/a'", "http://s/a"),
        ("f'{BASE}/a/{x}'", "http://s/a/{}"),
        ("'http://s/%s' % x", "http://s/{}"),
        ("'http://s/{0}'.format(x)", "http://s/{}"),
        ("('http://s'\n  '/b')", "http://s/b"),
        ("urljoin(BASE, 'b')", "http://s/b"),
        ("places.STOCK + '/b'", "http://stock/b"),
        ("ORDERS", "http://orders"),
        ("unknown.HOST", "${unknown.HOST}"),
        ("'http://u:geheim@s/a'", "http://***@s/a"),
        ("x + y", None),
    ],
)
def test_remote__address_put_together__known_parts_put_in(address, target):
    text = (
        "import requests\nfrom urllib.parse import urljoin\nfrom app import places, unknown\n"
        "from app.places import ORDERS\nBASE = 'http://s'\ndef f(x, y):\n"
        f"  requests.get({address})\n"
    )
    places = "STOCK = 'http://stock'\nORDERS = 'http://orders'\n"
    [found] = remote(text, **{"app/places.py": places, "app/__init__.py": ""})
    assert found == (7, "http", "GET", target, "requests", 1)


def test_remote__look_alikes__none():
    text = """
    import requests
    from app.http import client

    # requests.get("http://comment")
    DOC = "requests.get('http://text')"


    def f(requests, d, session):
        requests.get("http://parameter")
        d.get("http://key")
        session.post("http://nobody-knows")
        client.get("http://own")
    """
    own = "class Client:\n  def get(self, x): ...\nclient = Client()\n"
    assert remote(text, **{"app/http.py": own, "app/__init__.py": ""}) == []


def test_remote__module_of_the_project_with_the_name_of_a_library__none():
    files = {
        "a.py": "import requests\nrequests.get('http://s')\n",
        "requests.py": "def get(u): ...",
    }
    assert told("code.remote", files) == []


def test_remote__client_that_answers_itself__none():
    text = "import httpx\nc = httpx.Client(app=x, base_url='http://test')\nc.get('/a')\n"
    assert remote(text) == []


def test_remote__grpc__service_and_operation():
    text = """
    import grpc
    from stock.v1 import stock_pb2_grpc

    def f():
        stub = stock_pb2_grpc.StockStub(grpc.insecure_channel("stock:50051"))
        stub.Reserve(1)
        stub.Reserve(2)
        stub.Release.future(1)
    """
    assert remote(text) == [
        (7, "grpc", "Reserve", "Stock", "grpc", 2),
        (9, "grpc", "Release", "Stock", "grpc", 1),
    ]


def test_remote__stub_that_only_is_made_here__operation_not_said():
    text = "from .stock_pb2_grpc import StockStub\ndef f(c):\n  return StockStub(c)\n"
    assert remote(text) == [(3, "grpc", "ANY", "Stock", "grpc", 1)]


def test_remote__soap_and_xmlrpc__operation_and_address():
    text = """
    import zeep
    import xmlrpc.client
    from zeep import Client

    class Bank:
        def __init__(self):
            self.client = Client(wsdl="http://bank/s?wsdl")

        def pay(self):
            self.client.service.Transfer(1)

    proxy = xmlrpc.client.ServerProxy("http://old/rpc")
    proxy.orders.close(1)
    """
    assert remote(text) == [
        (11, "soap", "Transfer", "http://bank/s?wsdl", "zeep", 1),
        (14, "xmlrpc", "orders.close", "http://old/rpc", "xmlrpc", 1),
    ]


def test_remote__boto__service_and_operation():
    text = """
    import boto3

    s3 = boto3.client("s3")
    s3.put_object(Bucket="b", Key="k")
    boto3.Session().client(service_name="sqs").send_message(QueueUrl="q")
    bucket = boto3.resource("s3").Bucket("b")
    bucket.upload_file("a", "b")
    s3.get_paginator("list_objects_v2")
    s3.close()
    """
    assert remote(text) == [
        (5, "aws", "put_object", "s3", "boto3", 1),
        (6, "aws", "send_message", "sqs", "boto3", 1),
        (8, "aws", "upload_file", "s3", "boto3", 1),
        (9, "aws", "list_objects_v2", "s3", "boto3", 1),
    ]


def test_remote__boto_client_that_only_is_made_here__operation_not_said():
    text = """
    import boto3

    def made():
        first = second = boto3.client("sts")
        second.assume_role(RoleArn="r")
        return boto3.client("cloudwatch")
    """
    assert remote(text) == [
        (6, "aws", "assume_role", "sts", "boto3", 1),
        (7, "aws", "ANY", "cloudwatch", "boto3", 1),
    ]


def test_remote__names_that_ask_for_ever__end():
    text = "import requests\n" + "x = x or x if x else x\n" * 400 + "x.get('http://s')\n"
    assert remote(text) == []
