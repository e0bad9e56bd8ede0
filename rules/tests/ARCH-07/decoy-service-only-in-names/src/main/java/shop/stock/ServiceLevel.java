package shop.stock;

public class ServiceLevel {
    // an OrderService and an @EventListener are planned
    long days;
}
