package shop.catalog;

public class CatalogDesk {
    private final CatalogStore store = new CatalogStore();

    Catalog find(long id) {
        return store.read(id);
    }
}
