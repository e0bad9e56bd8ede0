package shop.web;

public class Page {
    shop.order.api.Orders orders;
    shop.stock.Stock stock;
}
