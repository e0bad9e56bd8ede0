package shop;

public class App {
    public static void main(String[] args) {
        // eureka nacos gateway sentinel resilience4j zipkin kafka openapi istio
        System.out.println("eureka nacos gateway sentinel resilience4j zipkin kafka openapi istio");
    }
}
