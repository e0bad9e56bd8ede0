"""Calls over the network in Java and Kotlin."""

import pytest
from unit.collect.languages.jvm_told import told

_REST = "import org.springframework.web.client.RestTemplate;\n"
_WEB = "import org.springframework.web.reactive.function.client.WebClient;\n"


def in_class(body: str, *, imports: str = "") -> str:
    return f"{imports}class A {{\n{body}\n}}"


def test_rest_template__calls_of_a_field__say_method_and_folded_address() -> None:
    body = """
    private static final String BASE = "http://stock";
    @Value("${shop.host:x}") private String host;
    private final RestTemplate rest = new RestTemplate();
    void a(String id) {
        rest.getForObject(BASE + "/items/" + id, Item.class);
        String url = host + "/orders";
        this.rest.exchange(url, HttpMethod.PUT, null, Item.class);
        rest.postForEntity(String.format("%s/bills/%d", BASE, 1), null, Item.class);
        rest.delete(Hosts.STOCK + "/x");
        rest.getForObject(unknown(), Item.class);
    }
    """
    assert told(in_class(body, imports=_REST)) == [
        "remote http | GET | http://stock/items/{} | spring-rest-template",
        "remote http | PUT | ${shop.host}/orders | spring-rest-template",
        "remote http | POST | http://stock/bills/{} | spring-rest-template",
        "remote http | DELETE | ${Hosts.STOCK}/x | spring-rest-template",
        "remote http | GET | None | spring-rest-template",
    ]


def test_rest_template__constant_of_another_file__is_put_in() -> None:
    sources = {
        "A.java": in_class(
            'void a(RestTemplate r) { r.getForObject(Hosts.STOCK_URL + "/x", I.class); }',
            imports=_REST,
        ),
        "Hosts.java": 'interface Hosts { String STOCK_URL = "http://stock"; }',
    }
    assert told(sources) == ["remote http | GET | http://stock/x | spring-rest-template"]


@pytest.mark.parametrize(
    "source",
    [
        in_class('RestTemplate rest; void a() { rest.getForObject("http://x", I.class); }'),
        in_class(
            'Map<String, String> rest; void a() { rest.put("http://x", "y"); }', imports=_REST
        ),
        in_class('// rest.getForObject("http://x")\nRestTemplate rest;', imports=_REST),
        in_class(
            'RestTemplate rest; void a(Cache rest) { rest.delete("http://x"); }', imports=_REST
        ),
        in_class(
            'RestTemplate rest; void a() { rest.getMessageConverters().put("http://x"); }',
            imports=_REST,
        ),
        in_class('String s = "rest.getForObject(x)"; RestTemplate rest;', imports=_REST),
    ],
    ids=["no import", "other type", "comment", "hidden by a parameter", "further chain", "text"],
)
def test_rest_template__look_alike__is_no_call(source: str) -> None:
    assert told(source) == []


def test_web_client__chain__has_method_base_and_path() -> None:
    body = """
    private final WebClient web = WebClient.create("http://stock/");
    void a() {
        web.get().uri("/items/{id}", 1).retrieve();
        web.method(HttpMethod.DELETE).uri(b -> b.path("/bills").build()).retrieve();
        web.post().uri("https://other/x").retrieve();
    }
    """
    assert told(in_class(body, imports=_WEB)) == [
        "remote http | GET | http://stock/items/{id} | spring-web-client",
        "remote http | DELETE | http://stock/bills | spring-web-client",
        "remote http | POST | https://other/x | spring-web-client",
    ]


def test_feign__interface__gives_a_row_for_each_method() -> None:
    source = """
    import org.springframework.cloud.openfeign.FeignClient;
    import org.springframework.web.bind.annotation.*;
    @FeignClient(name = "stock", path = "/api")
    interface Stock {
        @GetMapping("/items/{id}") Item item(long id);
        @RequestMapping(value = "/items", method = RequestMethod.POST) void add(Item item);
        default void none() { }
    }
    @FeignClient(name = "bills", url = "${bills.url}") interface Bills extends Shared { }
    """
    assert told(source) == [
        "remote http | GET | stock/api/items/{id} | feign",
        "remote http | POST | stock/api/items | feign",
        "remote http | ANY | ${bills.url} | feign",
    ]


def test_declared_clients__of_other_libraries__are_found() -> None:
    source = """
    import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
    import javax.ws.rs.*;
    import org.springframework.web.service.annotation.*;
    import retrofit2.http.GET;
    @Path("/items") @RegisterRestClient(baseUri = "http://stock")
    interface Stock { @POST @Path("/{id}") void add(); }
    @HttpExchange("/bills") interface Bills { @GetExchange("/{id}") Bill bill(); }
    class Answers { @GetExchange("/decoy") Bill bill() { return null; } }
    """
    assert told(source) == [
        "remote http | POST | http://stock/items/{id} | microprofile-rest-client",
        "remote http | GET | /bills/{id} | spring-http-interface",
    ]


def test_retrofit__method__has_verb_and_path() -> None:
    source = 'import retrofit2.http.GET;\ninterface S { @GET("items/{id}") Call<I> item(); }'
    assert told(source) == ["remote http | GET | items/{id} | retrofit"]


def test_jax_rs__target_kept_in_a_field__is_told_where_it_is_asked() -> None:
    body = """
    @Resource(lookup = "java:app/url") private String url;
    private WebTarget stock;
    void init(Client client) { stock = client.target(url); }
    void a(Client client) {
        stock.path("items").queryParam("a", 1).request(JSON).get(String.class);
        client.target("http://bills").path("x").request().post(null);
    }
    """
    imports = "import jakarta.ws.rs.client.*;\n"
    assert told(in_class(body, imports=imports)) == [
        "remote http | GET | java:app/url/items | jax-rs",
        "remote http | POST | http://bills/x | jax-rs",
    ]


def test_java_clients__of_the_library__are_found() -> None:
    body = """
    void a(String id) throws Exception {
        HttpRequest.newBuilder(URI.create("http://a/x")).POST(none()).build();
        HttpRequest.newBuilder().uri(URI.create("http://a/" + id)).build();
        URL url = new URL("http://b/y");
        HttpURLConnection c = (HttpURLConnection) url.openConnection();
        c.setRequestMethod("PUT");
    }
    void decoy(URL resource) { resource.openConnection(); }
    """
    imports = "import java.net.*;\nimport java.net.http.HttpRequest;\n"
    assert told(in_class(body, imports=imports)) == [
        "remote http | POST | http://a/x | java-http",
        "remote http | GET | http://a/{} | java-http",
        "remote http | PUT | http://b/y | java-net",
    ]


def test_apache_and_okhttp__requests_that_are_made__are_found() -> None:
    body = """
    HttpPost post = new HttpPost("http://a/x");
    Request r = new Request.Builder().url("http://b/y").header("a", "b").put(null).build();
    """
    imports = "import org.apache.http.client.methods.HttpPost;\nimport okhttp3.Request;\n"
    assert told(in_class(body, imports=imports)) == [
        "remote http | POST | http://a/x | apache-http",
        "remote http | PUT | http://b/y | okhttp",
    ]


def test_other_protocols__stubs_and_references__name_the_service() -> None:
    body = """
    @DubboReference private StockService stock;
    @GrpcClient("bills") private BillsGrpc.BillsBlockingStub bills;
    @WebServiceRef private Old old;
    Object a(Channel c) throws Exception {
        Naming.lookup("rmi://host/Pay");
        return StockGrpc.newBlockingStub(c);
    }
    """
    imports = (
        "import org.apache.dubbo.config.annotation.DubboReference;\n"
        "import net.devh.boot.grpc.client.inject.GrpcClient;\nimport io.grpc.Channel;\n"
        "import javax.xml.ws.WebServiceRef;\nimport java.rmi.Naming;\n"
    )
    assert told(in_class(body, imports=imports)) == [
        "remote dubbo | ANY | StockService | dubbo",
        "remote grpc | ANY | bills | grpc",
        "remote soap | ANY | Old | jax-ws",
        "remote rmi | ANY | rmi://host/Pay | java-rmi",
        "remote grpc | ANY | Stock | grpc",
    ]


def test_dubbo__provided_side_and_foreign_reference__are_no_calls() -> None:
    source = """
    import org.apache.dubbo.config.annotation.DubboService;
    import com.example.Reference;
    @DubboService class A { @Reference private StockService stock; }
    """
    assert told(source) == []


def test_kotlin__clients__are_found_as_in_java() -> None:
    source = """
    import org.springframework.web.client.RestTemplate
    import io.ktor.client.HttpClient
    import io.ktor.client.request.get
    import okhttp3.Request
    const val BASE = "http://stock"
    class A(private val rest: RestTemplate, private val client: HttpClient) {
        fun a(id: Int) {
            rest.getForObject<Item>("$BASE/items/$id", Item::class.java)
            client.get("http://bills/${id}") { header("a", "b") }
            client.post { url("http://x/y") }
            val r = Request.Builder().url("http://c/z").build()
            mapOf(1 to 2).get(1)
        }
    }
    """
    assert told(source, language="kotlin") == [
        "remote http | GET | http://stock/items/{} | spring-rest-template",
        "remote http | GET | http://bills/{} | ktor",
        "remote http | POST | http://x/y | ktor",
        "remote http | GET | http://c/z | okhttp",
    ]


def test_credentials__in_an_address__are_hidden() -> None:
    body = 'void a(RestTemplate r) { r.delete("http://u:geheim@host/a?token=geheim"); }'
    [row] = told(in_class(body, imports=_REST))
    assert "geheim" not in row


def test_deep_and_broken_sources__are_read_without_harm() -> None:
    deep = "(" * 3_000 + 'r.delete("http://x")' + ")" * 3_000
    assert told(in_class(f"void a(RestTemplate r) {{ x({deep}); }}", imports=_REST)) == []
    broken = in_class('void a(RestTemplate r) { r.delete("http://x"; \ud800 \0', imports=_REST)
    assert told(broken) in (["remote http | DELETE | http://x | spring-rest-template"], [])
