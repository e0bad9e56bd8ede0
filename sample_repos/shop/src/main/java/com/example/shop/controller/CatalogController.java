package com.example.shop.controller;

import com.example.shop.model.Product;
import com.example.shop.service.CatalogService;
import com.example.shop.service.StockService;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Pages about products. */
@RestController
@RequestMapping("/products")
public class CatalogController {

    private final CatalogService catalogService;
    private final StockService stockService;

    public CatalogController(CatalogService catalogService, StockService stockService) {
        this.catalogService = catalogService;
        this.stockService = stockService;
    }

    @GetMapping
    public List<Product> search(@RequestParam String words) {
        return catalogService.search(words);
    }

    @GetMapping("/{id}/stars")
    public double stars(@PathVariable Long id) {
        return catalogService.stars(id);
    }

    @GetMapping("/{id}/available")
    public int available(@PathVariable Long id) {
        return stockService.available(id);
    }
}
