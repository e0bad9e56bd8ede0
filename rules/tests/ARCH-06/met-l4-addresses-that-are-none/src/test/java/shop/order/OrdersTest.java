package shop.order;

public class OrdersTest {
    String gateway = "https://pay.shop.example.net/v1";
}
