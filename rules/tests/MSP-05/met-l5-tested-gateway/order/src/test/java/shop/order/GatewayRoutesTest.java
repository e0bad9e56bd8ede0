package shop.order;

class GatewayRoutesTest {
}
