package shop.order;

public interface StockPort {
    long pieces();
}
