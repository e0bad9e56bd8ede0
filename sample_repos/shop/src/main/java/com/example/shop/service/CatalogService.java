package com.example.shop.service;

import com.example.shop.model.Product;
import com.example.shop.model.ProductCategory;
import com.example.shop.model.ProductReview;
import com.example.shop.repository.ProductCategoryRepository;
import com.example.shop.repository.ProductRepository;
import com.example.shop.repository.ProductReviewRepository;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Service;

/** Finds products. */
@Service
public class CatalogService {

    private static Map<Long, List<Product>> shelfCache = new HashMap<>();

    private final ProductRepository productRepository;
    private final ProductCategoryRepository productCategoryRepository;
    private final ProductReviewRepository productReviewRepository;

    public CatalogService(
            ProductRepository productRepository,
            ProductCategoryRepository productCategoryRepository,
            ProductReviewRepository productReviewRepository) {
        this.productRepository = productRepository;
        this.productCategoryRepository = productCategoryRepository;
        this.productReviewRepository = productReviewRepository;
    }

    public List<Product> shelf(Long categoryId) {
        return shelfCache.computeIfAbsent(categoryId, productRepository::findByCategoryId);
    }

    public List<Product> search(String words) {
        return productRepository.search(words);
    }

    public Product product(Long id) {
        return productRepository.findById(id).orElseThrow();
    }

    public List<ProductCategory> categories(Long parentId) {
        return productCategoryRepository.findByParentId(parentId);
    }

    public double stars(Long productId) {
        List<ProductReview> reviews = productReviewRepository.findByProductId(productId);
        return reviews.stream().mapToInt(ProductReview::getStars).average().orElse(0);
    }
}
