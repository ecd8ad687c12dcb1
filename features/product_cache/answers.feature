Feature: What is found, and what it is worth
  A buyer asks for products, and what each of them is worth buying for. The answer says where it comes from and until
  when it is good.

  @PC-5 @both-databases
  Rule: A miss stores what the upstream says, and answers with it; a hit asks nobody

    Scenario: a search that nobody has made before
      Given the upstream is well
      And Ada has an account
      When Ada asks for the products of category 1000
      Then Ada is answered with what the upstream found
      And 1 search reached the upstream
      And the cache has these entries
        | cache    | entry         | expires     | hits |
        | searches | category 1000 | in 24 hours | 0    |
      And nothing else was changed

    Scenario: the same search once more, while the upstream would find something else
      Given the upstream is well
      And Ada asks for the products of category 1000
      And the upstream finds other products from now on
      When Ada asks for the products of category 1000
      Then Ada is answered with what the cache has
      And 0 searches reached the upstream
      And nothing else was changed

    Scenario: another person's search is everybody's
      Given the upstream is well
      And Ada asks for the products of category 1000
      And Grace asks for the products of category 2000
      When Grace asks for the products of category 1000
      Then Grace is answered with what the cache has
      And 0 searches reached the upstream
      And nothing else was changed

    Scenario Outline: a search that finds <found>
      Given the upstream is well
      When Ada sends a search <which>
      Then Ada is answered with <count> products
      And 1 search reached the upstream

      Examples:
        | found             | which              | count |
        | nothing           | that finds nothing | 0     |
        | what costs enough | between two prices | 2     |

      @cost.seconds
      Examples: more
        | found                   | which                        | count |
        | more than are on a page | for 55 products at most      | 55    |
        | what sells well enough  | between two ranks            | 3     |
        | one product             | for one product              | 1     |
        | what costs just as much | between a price and the same | 1     |
        | what sells just as well | between a rank and the same  | 1     |
        | more than are wanted    | for 10 products at most      | 10    |
        | fewer than are wanted   | for 100 products at most     | 60    |

    Scenario: a search without the key of an upstream, in development
      Given the switch KEEPA_API_KEY is not set
      When Ada asks for the products of category 1000
      Then Ada is answered with products of the catalogue

    Scenario: a search without the key of an upstream, in production
      Given a server whose environment is "production"
      And the switch KEEPA_API_KEY is not set
      And Ada has an account
      When Ada tries to ask for the products of category 1000
      Then Ada is refused with 503 "has no access to a service that is needed for this"
      And Ada is answered with a refusal at once
      And nothing else was changed

  @PC-5 @both-databases
  Rule: Scores follow from what the upstream says of each product, and each is asked for once

    Scenario Outline: <which>
      Given the upstream is well
      And Ada has an account
      When Ada asks for the scores of <asins>
      Then Ada is answered with the scores of the upstream
      And <count> product look-ups reached the upstream
      And nothing else was changed

      Examples:
        | which                             | asins                                             | count |
        | a product of each recommendation  | B0STRONG01, B0BUY00001, B0CONSID01 and B0SKIP0001 | 4     |
        | products of which something lacks | B0NOPRICE1, B0NOAVG001, B0NORANK01 and B0NOTITLE1 | 4     |
        | a product that is named twice     | B0BUY00001, B0SKIP0001 and B0BUY00001             | 2     |

      @cost.seconds
      Examples: more
        | which                           | asins                                 | count |
        | products at the bounds          | B0ATSTRONG, B0ATBUY001 and B0ATCONSI1 | 3     |
        | a product that nobody knows     | B0MISSING1 and B0BUY00001             | 2     |
        | products that gain too little   | B0BELOWST1, B0BELOWBU1 and B0BELOWCO1 | 3     |
        | products that sell too slowly   | B0BELOWST2, B0BELOWBU2 and B0BELOWCO2 | 3     |
        | a product of no rank            | B0RANK0001                            | 1     |
        | a product that costs nothing    | B0ZERO0001                            | 1     |
        | products that cost too much     | B0DEAREST1 and B0TOODEAR1             | 2     |
        | a product with a long name      | B0LONGNAME                            | 1     |
        | only products that nobody knows | B0MISSING1 and B0MISSING2             | 2     |

    Scenario: some of the scores are cached
      Given the upstream is well
      And Ada asks for the scores of B0STRONG01 and B0BUY00001
      When Ada asks for the scores of B0BUY00001, B0SKIP0001 and B0STRONG01
      Then Ada is answered with the scores of the upstream
      And 1 product look-up reached the upstream
      And the cache has these entries
        | cache  | entry      | expires    | hits |
        | scores | B0STRONG01 | in 6 hours | 1    |
        | scores | B0BUY00001 | in 6 hours | 1    |
        | scores | B0SKIP0001 | in 6 hours | 0    |
      And nothing else was changed

    Scenario: a product that nobody knows, asked for again
      Given the upstream is well
      And Ada asks for the scores of B0MISSING1
      When Ada asks for the scores of B0MISSING1 and B0BUY00001
      Then Ada is answered with the scores of the upstream
      And 1 product look-up reached the upstream
      And nothing else was changed

    Scenario: a hundred scores in one request
      Given the upstream is well
      And Ada has an account
      When Ada sends a request for 100 scores
      Then Ada is answered with 100 scores
      And 1 product request reached the upstream
      And nothing else was changed
