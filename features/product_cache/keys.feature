Feature: One key for one question
  The same question is written in many ways, by many clients. Each way of writing that gets a key of its own costs
  tokens for an answer that is there already.

  @PC-6 @both-databases
  Rule: Equal queries have equal keys

    Scenario Outline: the same search <written>
      Given Ada sends a search
      When Ada sends a search <written>
      Then Ada is answered with the key of before
      And Ada is answered with what the cache has
      And nothing else was changed

      Examples:
        | written                             |
        | with its members in another order   |
        | with blanks between its members     |
        | with 1e1 for 10                     |
        | with null for the category          |
        | with the default number of results  |

      @cost.seconds
      Examples: more
        | written                             |
        | with 10.0 for 10                    |
        | with 10.00 for 10                   |
        | with 50.50 for 50.5                 |
        | with 20.0 for 20                    |
        | with null for the number of results |

    Scenario: the upstream is not asked for a search that is written otherwise
      Given the upstream is well
      And Ada sends a search
      When Ada sends a search with its members in another order
      Then Ada is answered with the key of before
      And Ada is answered with what the cache has
      And 0 searches reached the upstream
      And nothing else was changed

    Scenario: scores in another order
      Given the upstream is well
      And Ada asks for the scores of B0STRONG01 and B0BUY00001
      When Ada asks for the scores of B0BUY00001 and B0STRONG01
      Then Ada is answered with the scores that are cached
      And 0 product look-ups reached the upstream
      And nothing else was changed

  @PC-6 @both-databases
  Rule: Different queries have different keys

    Scenario Outline: another search, <written>
      Given the upstream is well
      And Ada sends a search
      When Ada sends a search <written>
      Then Ada is answered with another key than before
      And Ada is answered with what the upstream found
      And 1 search reached the upstream
      And nothing else was changed

      Examples:
        | written                                 |
        | in another domain                       |
        | in a category                           |
        | with 10.01 for 10                       |
        | with one result more                    |
        | with its lower bounds exchanged          |
        | with one rank less                      |
        | without a lower bound of the price      |

      @cost.seconds
      Examples: more
        | written                                 |
        | with 11 for 10                          |
        | with 50.51 for 50.5                     |
        | with one rank more                      |
        | without an upper bound of the rank      |
        | with 0 for the lower bound of the price |

  @PC-6
  Rule: A query that makes no sense is refused with the name of its field, and asks nobody

    Scenario Outline: a search <wrong>
      Given Ada has an account
      When Ada sends a search <wrong>
      Then Ada is told that the field "<field>" is wrong
      And nothing else was changed

      Examples:
        | wrong                                | field       |
        | without a domain                     | domain      |
        | whose domain is 7                    | domain      |
        | whose domain is null                 | domain      |
        | whose category is beyond 64 bits     | category    |
        | whose lowest rank is a list          | bsr_min     |
        | whose highest rank is below 0        | bsr_max     |
        | whose ranks are the wrong way round  | bsr_max     |
        | whose lowest price is a text         | price_min   |
        | whose lowest price has 3 decimals    | price_min   |
        | whose highest price has 5000 digits  | price_max   |
        | for no products                      | max_results |
        | with a member that nobody knows      | surprise    |

      @cost.seconds
      Examples: more
        | wrong                                | field       |
        | whose domain is 0                    | domain      |
        | whose domain is 13                   | domain      |
        | whose domain is a text               | domain      |
        | whose domain is true                 | domain      |
        | whose domain is a fraction           | domain      |
        | whose category is 0                  | category    |
        | whose category is below 0            | category    |
        | whose category is a text             | category    |
        | whose category is a fraction         | category    |
        | whose lowest rank is 0               | bsr_min     |
        | whose lowest rank is a fraction      | bsr_min     |
        | whose lowest price is below 0        | price_min   |
        | whose lowest price is true           | price_min   |
        | whose lowest price is not a number   | price_min   |
        | whose highest price is endless       | price_max   |
        | whose highest price is an object     | price_max   |
        | whose prices are the wrong way round | price_max   |
        | for fewer than no products           | max_results |
        | for a text of products               | max_results |
        | for half a product                   | max_results |
        | for too many products                | max_results |

    Scenario Outline: a request for scores <wrong>
      Given Ada has an account
      When Ada sends a request for scores <wrong>
      Then Ada is told that the field "<field>" is wrong
      And nothing else was changed

      Examples:
        | wrong                                 | field    |
        | of 101 products                       | asins    |
        | of null                               | asins    |
        | of an ASIN in small letters           | asins[0] |
        | of an ASIN with a NUL                 | asins[0] |
        | of a good ASIN and a bad one          | asins[1] |
        | without products                      | asins    |

      @cost.seconds
      Examples: more
        | wrong                                 | field    |
        | of nothing                            | asins    |
        | of a text                             | asins    |
        | of numbers                            | asins[0] |
        | of an ASIN of 9 characters            | asins[0] |
        | of an ASIN of 11 characters           | asins[0] |
        | of an empty ASIN                      | asins[0] |
        | of an ASIN with a line break          | asins[0] |
        | of an ASIN with a comma               | asins[0] |
        | of an ASIN with a letter beyond ASCII | asins[0] |

    Scenario Outline: the upstream is not asked for <what>
      Given the upstream is well
      And Ada has an account
      When <who> sends <what>
      Then <who> is refused with <status> "<words>"
      And 0 searches reached the upstream
      And 0 product requests reached the upstream
      And nothing else was changed

      Examples:
        | who      | what                                         | status | words       |
        | Ada      | a search whose domain is 7                   | 422    |             |
        | Ada      | a request for scores of 101 products         | 422    |             |
        | somebody | a search                                     | 401    | Say who you |

      @cost.seconds
      Examples: more
        | who      | what                                         | status | words       |
        | somebody | a request for 100 scores                     | 401    | Say who you |
        | somebody | a request for the cache's figures            | 401    | Say who you |
