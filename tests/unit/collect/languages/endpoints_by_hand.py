"""Endpoints of real repositories, checked by hand: method, path, unit that answers.

How: all lines with an annotation, attribute, decorator or call that declares a route were listed
with grep, file by file; comments, class prefixes and middleware were taken out; each of the rest
was joined with its prefixes by reading class heads, mounts, groups and the application's own
prefix, and the result compared line by line. Names only; none of their code is kept here.
"""

from typing import NamedTuple


class Listed(NamedTuple):
    """A repository at a commit. below: folder of the units. only: folders that were checked."""

    repository: str
    commit: str
    below: str
    rows: str
    only: tuple[str, ...] = ("",)


LISTED = (
    Listed(
        "spring-projects/spring-petclinic",
        "edf4db28affcc4741c79850a3d95bc3f177b5ff9",
        "src/main/java/org/springframework/samples/petclinic",
        """
GET / system/WelcomeController.java
GET /oups system/CrashController.java
GET /owners owner/OwnerController.java
GET /owners/find owner/OwnerController.java
GET /owners/new owner/OwnerController.java
GET /owners/{ownerId} owner/OwnerController.java
GET /owners/{ownerId}/edit owner/OwnerController.java
GET /owners/{ownerId}/pets/new owner/PetController.java
GET /owners/{ownerId}/pets/{petId}/edit owner/PetController.java
GET /owners/{ownerId}/pets/{petId}/visits/new owner/VisitController.java
GET /vets vet/VetController.java
GET /vets.html vet/VetController.java
POST /owners/new owner/OwnerController.java
POST /owners/{ownerId}/edit owner/OwnerController.java
POST /owners/{ownerId}/pets/new owner/PetController.java
POST /owners/{ownerId}/pets/{petId}/edit owner/PetController.java
POST /owners/{ownerId}/pets/{petId}/visits/new owner/VisitController.java
""",
    ),
    Listed(
        "mybatis/jpetstore-6",
        "bbcb423e3eba748843d61c70ac5d3c5e89ccfed6",
        "src/main/java/org/mybatis/jpetstore/web/controllers",
        """
GET / RootController.java
GET /account AccountController.java
GET /account/ AccountController.java
GET /account/edit AccountController.java
GET /account/new AccountController.java
GET /account/signoff AccountController.java
GET /cart CartController.java
GET /cart/ CartController.java
GET /cart/addItem CartController.java
GET /cart/checkout CartController.java
GET /cart/removeItem CartController.java
GET /catalog CatalogController.java
GET /catalog/ CatalogController.java
GET /catalog/searchProducts CatalogController.java
GET /catalog/viewCategory CatalogController.java
GET /catalog/viewItem CatalogController.java
GET /catalog/viewProduct CatalogController.java
GET /order/list OrderController.java
GET /order/new OrderController.java
GET /order/view OrderController.java
POST /account/edit AccountController.java
POST /account/new AccountController.java
POST /account/signon AccountController.java
POST /cart/update CartController.java
POST /order/new OrderController.java
""",
    ),
    Listed(
        "mybatis/jpetstore-6",
        "9bbe579910d80d99c695774f8a6b210cd6992ca9",
        "src/main/java/org/mybatis/jpetstore/web/actions",
        """
ANY /actions/Account.action AccountActionBean.java
ANY /actions/Account.action?editAccount AccountActionBean.java
ANY /actions/Account.action?editAccountForm AccountActionBean.java
ANY /actions/Account.action?newAccount AccountActionBean.java
ANY /actions/Account.action?newAccountForm AccountActionBean.java
ANY /actions/Account.action?signoff AccountActionBean.java
ANY /actions/Account.action?signon AccountActionBean.java
ANY /actions/Cart.action?addItemToCart CartActionBean.java
ANY /actions/Cart.action?checkOut CartActionBean.java
ANY /actions/Cart.action?removeItemFromCart CartActionBean.java
ANY /actions/Cart.action?updateCartQuantities CartActionBean.java
ANY /actions/Cart.action?viewCart CartActionBean.java
ANY /actions/Catalog.action CatalogActionBean.java
ANY /actions/Catalog.action?searchProducts CatalogActionBean.java
ANY /actions/Catalog.action?viewCategory CatalogActionBean.java
ANY /actions/Catalog.action?viewItem CatalogActionBean.java
ANY /actions/Catalog.action?viewProduct CatalogActionBean.java
ANY /actions/Order.action?listOrders OrderActionBean.java
ANY /actions/Order.action?newOrder OrderActionBean.java
ANY /actions/Order.action?newOrderForm OrderActionBean.java
ANY /actions/Order.action?viewOrder OrderActionBean.java
""",
    ),
    Listed(
        "eclipse-ee4j/cargotracker",
        "4d26b8fd59a7f0bac6e42d5d19a8cd1b379353b5",
        "src/main/java/org/eclipse",
        """
GET /rest/cargo cargotracker/interfaces/booking/sse/RealtimeCargoTrackingService.java
GET /rest/graph-traversal/shortest-path pathfinder/api/GraphTraversalService.java
POST /rest/handling/reports cargotracker/interfaces/handling/rest/HandlingReportService.java
""",
    ),
    Listed(
        "gothinkster/node-express-realworld-example-app",
        "30b68e1e881462b2f4164ea09ab4c4f5699c7b0b",
        "src",
        """
DELETE /api/articles/:slug app/routes/article/article.controller.ts
DELETE /api/articles/:slug/comments/:id app/routes/article/article.controller.ts
DELETE /api/articles/:slug/favorite app/routes/article/article.controller.ts
DELETE /api/profiles/:username/follow app/routes/profile/profile.controller.ts
GET / main.ts
GET /api/articles app/routes/article/article.controller.ts
GET /api/articles/:slug app/routes/article/article.controller.ts
GET /api/articles/:slug/comments app/routes/article/article.controller.ts
GET /api/articles/feed app/routes/article/article.controller.ts
GET /api/profiles/:username app/routes/profile/profile.controller.ts
GET /api/tags app/routes/tag/tag.controller.ts
GET /api/user app/routes/auth/auth.controller.ts
POST /api/articles app/routes/article/article.controller.ts
POST /api/articles/:slug/comments app/routes/article/article.controller.ts
POST /api/articles/:slug/favorite app/routes/article/article.controller.ts
POST /api/profiles/:username/follow app/routes/profile/profile.controller.ts
POST /api/users app/routes/auth/auth.controller.ts
POST /api/users/login app/routes/auth/auth.controller.ts
PUT /api/articles/:slug app/routes/article/article.controller.ts
PUT /api/user app/routes/auth/auth.controller.ts
""",
    ),
    Listed(
        "lujakob/nestjs-realworld-example-app",
        "c1c2cc4e448b279ff083272df1ac50d20c3304fa",
        "src",
        """
DELETE /api/articles/:slug article/article.controller.ts
DELETE /api/articles/:slug/comments/:id article/article.controller.ts
DELETE /api/articles/:slug/favorite article/article.controller.ts
DELETE /api/profiles/:username/follow profile/profile.controller.ts
DELETE /api/users/:slug user/user.controller.ts
GET /api app.controller.ts
GET /api/articles article/article.controller.ts
GET /api/articles/:slug article/article.controller.ts
GET /api/articles/:slug/comments article/article.controller.ts
GET /api/articles/feed article/article.controller.ts
GET /api/profiles/:username profile/profile.controller.ts
GET /api/tags tag/tag.controller.ts
GET /api/user user/user.controller.ts
POST /api/articles article/article.controller.ts
POST /api/articles/:slug/comments article/article.controller.ts
POST /api/articles/:slug/favorite article/article.controller.ts
POST /api/profiles/:username/follow profile/profile.controller.ts
POST /api/users user/user.controller.ts
POST /api/users/login user/user.controller.ts
PUT /api/articles/:slug article/article.controller.ts
PUT /api/user user/user.controller.ts
""",
    ),
    Listed(
        "gothinkster/golang-gin-realworld-example-app",
        "728cb04bfefc00982600676ea1ad70ff01c6e598",
        "",
        """
DELETE /api/articles/:slug articles/routers.go
DELETE /api/articles/:slug/comments/:id articles/routers.go
DELETE /api/articles/:slug/favorite articles/routers.go
DELETE /api/profiles/:username/follow users/routers.go
GET /api/articles/ articles/routers.go
GET /api/articles/:slug articles/routers.go
GET /api/articles/:slug/comments articles/routers.go
GET /api/ping/ hello.go
GET /api/profiles/:username users/routers.go
GET /api/tags/ articles/routers.go
GET /api/user/ users/routers.go
POST /api/articles/ articles/routers.go
POST /api/articles/:slug/comments articles/routers.go
POST /api/articles/:slug/favorite articles/routers.go
POST /api/profiles/:username/follow users/routers.go
POST /api/users/ users/routers.go
POST /api/users/login users/routers.go
PUT /api/articles/:slug articles/routers.go
PUT /api/user/ users/routers.go
""",
    ),
    Listed(
        "go-chi/chi",
        "735ae2b87f8c733d616e809ae86e0985c1bc3350",
        "_examples",
        """
DELETE /articles/{articleID} rest/main.go
DELETE /todos/{id} todos-resource/todos.go
DELETE /users/{id} todos-resource/users.go
GET / rest/main.go
GET / todos-resource/main.go
GET /admin rest/main.go
GET /admin/accounts rest/main.go
GET /admin/users/{userId} rest/main.go
GET /articles rest/main.go
GET /articles/search rest/main.go
GET /articles/{articleID} rest/main.go
GET /articles/{articleSlug:[a-z-]+} rest/main.go
GET /panic rest/main.go
GET /ping rest/main.go
GET /todos todos-resource/todos.go
GET /todos/{id} todos-resource/todos.go
GET /todos/{id}/sync todos-resource/todos.go
GET /users todos-resource/users.go
GET /users/{id} todos-resource/users.go
POST /articles rest/main.go
POST /todos todos-resource/todos.go
POST /users todos-resource/users.go
PUT /articles/{articleID} rest/main.go
PUT /todos todos-resource/todos.go
PUT /todos/{id} todos-resource/todos.go
PUT /users todos-resource/users.go
PUT /users/{id} todos-resource/users.go
""",
        ("_examples/rest/", "_examples/todos-resource/"),
    ),
    Listed(
        "gothinkster/aspnetcore-realworld-example-app",
        "9feb3fb2f767f1d1ec7f2db6f2b5beb0468d4672",
        "src/Conduit/Features",
        """
DELETE /articles/{slug} Articles/ArticlesController.cs
DELETE /articles/{slug}/comments/{id} Comments/CommentsController.cs
DELETE /articles/{slug}/favorite Favorites/FavoritesController.cs
DELETE /profiles/{username}/follow Followers/FollowersController.cs
GET /articles Articles/ArticlesController.cs
GET /articles/feed Articles/ArticlesController.cs
GET /articles/{slug} Articles/ArticlesController.cs
GET /articles/{slug}/comments Comments/CommentsController.cs
GET /profiles/{username} Profiles/ProfilesController.cs
GET /tags Tags/TagsController.cs
GET /user Users/UserController.cs
POST /articles Articles/ArticlesController.cs
POST /articles/{slug}/comments Comments/CommentsController.cs
POST /articles/{slug}/favorite Favorites/FavoritesController.cs
POST /profiles/{username}/follow Followers/FollowersController.cs
POST /users Users/UsersController.cs
POST /users/login Users/UsersController.cs
PUT /articles/{slug} Articles/ArticlesController.cs
PUT /user Users/UserController.cs
""",
    ),
    Listed(
        "gothinkster/laravel-realworld-example-app",
        "e45c37c8a5f57131c9d239f1fc104c227e66b6ee",
        "",
        """
DELETE /api/articles/{article} app/Http/Controllers/Api/ArticleController.php
DELETE /api/articles/{article}/comments/{comment} app/Http/Controllers/Api/CommentController.php
DELETE /api/articles/{article}/favorite app/Http/Controllers/Api/FavoriteController.php
DELETE /api/profiles/{user}/follow app/Http/Controllers/Api/ProfileController.php
GET / routes/web.php
GET /api/articles app/Http/Controllers/Api/ArticleController.php
GET /api/articles/feed app/Http/Controllers/Api/FeedController.php
GET /api/articles/{article} app/Http/Controllers/Api/ArticleController.php
GET /api/articles/{article}/comments app/Http/Controllers/Api/CommentController.php
GET /api/profiles/{user} app/Http/Controllers/Api/ProfileController.php
GET /api/tags app/Http/Controllers/Api/TagController.php
GET /api/user app/Http/Controllers/Api/UserController.php
PATCH /api/user app/Http/Controllers/Api/UserController.php
POST /api/articles app/Http/Controllers/Api/ArticleController.php
POST /api/articles/{article}/comments app/Http/Controllers/Api/CommentController.php
POST /api/articles/{article}/favorite app/Http/Controllers/Api/FavoriteController.php
POST /api/profiles/{user}/follow app/Http/Controllers/Api/ProfileController.php
POST /api/users app/Http/Controllers/Api/AuthController.php
POST /api/users/login app/Http/Controllers/Api/AuthController.php
PUT /api/articles/{article} app/Http/Controllers/Api/ArticleController.php
PUT /api/user app/Http/Controllers/Api/UserController.php
""",
    ),
    Listed(
        "symfony/demo",
        "920d86dc809f837543cb519d3df5b364a2c36577",
        "src/Controller",
        """
ANY /login SecurityController.php
GET /admin/post/ Admin/BlogController.php
GET /admin/post/new Admin/BlogController.php
GET /admin/post/{id:post} Admin/BlogController.php
GET /admin/post/{id:post}/edit Admin/BlogController.php
GET /blog/ BlogController.php
GET /blog/page/{page} BlogController.php
GET /blog/posts/{slug:post} BlogController.php
GET /blog/rss.xml BlogController.php
GET /blog/search BlogController.php
GET /profile/change-password UserController.php
GET /profile/edit UserController.php
POST /admin/post/new Admin/BlogController.php
POST /admin/post/{id:post}/delete Admin/BlogController.php
POST /admin/post/{id:post}/edit Admin/BlogController.php
POST /blog/comment/{postSlug}/new BlogController.php
POST /profile/change-password UserController.php
POST /profile/edit UserController.php
""",
    ),
)
