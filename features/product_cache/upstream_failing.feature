Feature: When the upstream fails
  The upstream is somebody else's, across a network. Whatever it does, a person hears within seconds that the answer
  cannot be had and when to ask again; what is cached is served meanwhile, and nothing half-made is kept.

  @PC-10 @both-databases
  Rule: A request that needs the upstream is refused with 503, and the cache stays as it was

    Scenario Outline: the upstream <fails>
      Given the switch KEEPA_DEADLINE_S is set to "2"
      And the upstream <fails>
      And Ada has an account
      When Ada tries to ask for the products of category 1000
      Then Ada is refused with 503 "<words>"
      And Ada is answered in less than 4 seconds, as ever
      And nothing else was changed

      Examples: at once
        | fails                                  | words       |
        | answers with 500                       | upstream    |
        | answers with 503                       | upstream    |
        | answers with 402                       | upstream    |
        | answers with 400                       | upstream    |
        | breaks off each connection             | upstream    |
        | cuts its answers in the middle         | upstream    |
        | answers with a page for people         | upstream    |
        | answers with nothing                   | upstream    |
        | answers with 20 MB                     | upstream    |
        | answers with a list                    | upstream    |
        | answers with a text for what it found  | upstream    |
        | answers with numbers for ASINs         | upstream    |
        | answers without what it found          | upstream    |
        | answers with null for what it found    | upstream    |
        | answers with texts that are no ASINs   | upstream    |
        | cannot be reached                      | upstream    |

      @cost.seconds
      Examples: as slowly as it is waited for
        | fails                                  | words       |
        | never answers                          | upstream    |
        | answers byte by byte                   | upstream    |
        | takes 5 seconds                        | upstream    |
        | swallows what it is sent               | upstream    |
