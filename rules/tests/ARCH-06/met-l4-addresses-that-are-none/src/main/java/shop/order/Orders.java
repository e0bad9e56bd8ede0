package shop.order;

public class Orders {
    // https://pay.shop.example.net is only talked about
    static final String SCHEMA = "http://www.w3.org/2001/XMLSchema";
    static final String SELF = "127.0.0.1";

    String link(String host) {
        return String.format("http://%s/orders", host);
    }
}
