package shop.order;

public class FakeService {
}
