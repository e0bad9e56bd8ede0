package shop.catalog;

public class Catalog {
    long id;
}
