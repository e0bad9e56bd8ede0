package shop.stock;

public class Stock {
    long pieces;
}
