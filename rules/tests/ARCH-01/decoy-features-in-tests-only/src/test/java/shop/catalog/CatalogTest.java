package shop.catalog;

public class CatalogTest {
}
