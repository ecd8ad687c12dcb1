Feature: When the upstream fails
  The upstream is somebody else's, across a network. Whatever it does, a person hears within seconds that the answer
  cannot be had and when to ask again; what is cached is served meanwhile, and nothing half-made is kept.

  @PC-10 @both-databases
  Rule: A request that needs the upstream is refused with 503, and the cache stays as it was

    Scenario Outline: the upstream <fails>
      Given the upstream <fails>
      And the switch KEEPA_DEADLINE_S is set to "2"
      And Ada has an account
      When Ada tries to ask for the products of category 1000
      Then Ada is refused with 503 "A service that is needed for this"
      And Ada is answered with a refusal within the deadline
      And nothing else was changed

      Examples: at once
        | fails                          |
        | answers with 500               |
        | answers with 307 once          |
        | answers with a page for people |
        | cannot be reached              |

      @cost.seconds
      Examples: at once, more
        | fails                                  |
        | answers with 400                       |
        | cuts its answers in the middle         |
        | answers with a list                    |
        | answers with 503                       |
        | answers with 404                       |
        | answers with 402                       |
        | breaks off each connection             |
        | answers with nothing                   |
        | answers with 20 MB                     |
        | answers with a text for what it found  |
        | answers with numbers for what it found |
        | answers with null for what it found    |
        | answers without what it found          |
        | answers with less than it should       |

      @cost.seconds
      Examples: as slowly as it is waited for
        | fails                  |
        | never answers          |
        | answers byte by byte   |
        | takes 5 seconds        |
        | swallows what it is sent |

    Scenario Outline: scores, when the upstream <fails>
      Given the upstream <fails>
      And the switch KEEPA_DEADLINE_S is set to "2"
      And Ada has an account
      When Ada tries to ask for the scores of B0STRONG01 and B0BUY00001
      Then Ada is refused with 503 "Missing: B0STRONG01, B0BUY00001."
      And Ada is answered with a refusal within the deadline
      And nothing else was changed

      Examples:
        | fails                          |
        | answers with 500               |
        | answers with a page for people |

      @cost.seconds
      Examples: more
        | fails                                  |
        | answers with 429 for 17 seconds        |
        | answers with 429 and a page for people |
        | answers with less than it should       |
        | cuts its answers in the middle         |
        | answers with a list                    |
        | answers with a text for what it found  |
        | answers with numbers for what it found |

  @PC-10 @both-databases
  Rule: Where the upstream says when it has tokens again, the refusal says it too, and nobody asks before

    Scenario Outline: the upstream <says>
      Given the upstream <says>
      And the switch KEEPA_DEADLINE_S is set to "2"
      And Ada has an account
      When Ada tries to ask for the products of category 1000
      Then Ada is refused with 503 "takes no more requests for the moment"
      And Ada is answered with a time to ask again in about <when>
      And Ada is answered with a refusal at once
      And nothing else was changed

      Examples:
        | says                              | when       |
        | answers with 429 for 17 seconds   | 17 seconds |
        | has no tokens for an hour         | an hour    |

      @cost.seconds
      Examples: more
        | says                              | when       |
        | answers with 429 for 3600 seconds | an hour    |
        | has overdrawn its tokens by far   | 2 minutes  |

    Scenario: scores, when the upstream says when it has tokens again
      Given the upstream answers with 429 for 17 seconds
      And the switch KEEPA_DEADLINE_S is set to "2"
      And Ada has an account
      When Ada tries to ask for the scores of B0STRONG01
      Then Ada is refused with 503 "Missing: B0STRONG01."
      And Ada is answered with a time to ask again in about 17 seconds
      And nothing else was changed

    Scenario: the bucket is known to be empty
      Given the upstream has tokens for one more call, and new ones in 17 seconds
      And the switch KEEPA_DEADLINE_S is set to "2"
      And Ada asks for the products of category 1000
      When Ada tries to ask for the products of category 2000
      Then Ada is refused with 503 "takes no more requests for the moment"
      And Ada is answered with a time to ask again in about 17 seconds
      And 0 searches reached the upstream
      And nothing else was changed

  @PC-10 @both-databases
  Rule: What is cached is served meanwhile, and what fails is not kept

    Scenario: a search that is cached
      Given the upstream is well
      And Ada asks for the products of category 1000
      And the upstream answers with 500
      When Ada asks for the products of category 1000
      Then Ada is answered with what the cache has
      And 0 searches reached the upstream
      And nothing else was changed

    Scenario: an entry that has expired is not served in place of an error, and stays as it is
      Given the upstream is well
      And Ada asks for the products of category 1000
      And the cache has these entries
        | cache    | entry         | expires      | hits |
        | searches | category 1000 | 1 second ago | 7    |
      And the upstream answers with 400
      When Ada tries to ask for the products of category 1000
      Then Ada is refused with 503 "refused what we asked of it"
      And Ada is answered with a refusal at once
      And nothing else was changed

    Scenario: the upstream is well again
      Given the upstream answers with 400
      And Ada tries to ask for the products of category 1000
      And the upstream is well again
      When Ada asks for the products of category 1000
      Then Ada is answered with what the upstream found
      And 1 search reached the upstream
      And nothing else was changed

    Scenario Outline: the upstream <fails>, and then is well
      Given the upstream <fails>
      And Ada has an account
      When Ada tries to ask for the products of category 1000
      Then Ada is answered with what the upstream found
      And 2 searches reached the upstream
      And nothing else was changed

      Examples:
        | fails                  |
        | answers with 500 once  |
        | breaks off one connection |
