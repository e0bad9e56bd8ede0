package shop.order;

public class OrderApp {
}
