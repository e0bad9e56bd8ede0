package com.example.shop.repository;

import com.example.shop.model.ProductReview;
import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;

/** Stored ProductReview records. */
public interface ProductReviewRepository extends JpaRepository<ProductReview, Long> {

    List<ProductReview> findByProductId(Long productId);
}
