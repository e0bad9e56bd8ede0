package shop.stock;

public class StockApp {
}
