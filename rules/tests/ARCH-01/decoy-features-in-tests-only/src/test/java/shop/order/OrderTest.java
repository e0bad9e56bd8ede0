package shop.order;

public class OrderTest {
    // archunit and spring-modulith would keep these packages apart
}
