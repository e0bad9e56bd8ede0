package shop.order;

import jakarta.annotation.Resource;

public class Orders {
    @Resource(lookup = "java:app/env/gateway")  // expect: met
    String gateway;
}
