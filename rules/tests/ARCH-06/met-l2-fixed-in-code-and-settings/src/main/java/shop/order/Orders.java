package shop.order;

public class Orders {
    String carrier = "https://carrier.shop.example.net/track";  // expect: not-met
}
