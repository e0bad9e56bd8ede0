package shop.order;

public class Orders {
    // https://pay.shop.example.net is only talked about
    static final String SCHEMA = "http://www.w3.org/2001/XMLSchema";
    static final String SELF = "127.0.0.1";
    static final String BESIDE = "sqlite:///orders.db";
    static final String ANY = "https://([^/]+)/orders";
    static final String SIX = "http://[{host}]:{port}/orders";

    String link(String host) {
        return String.format("http://%s/orders", host);
    }
}
