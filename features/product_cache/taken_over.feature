Feature: When the process that asks the upstream dies or stalls
  A process may die or freeze with a question under way. Others take over at once, and what comes too late changes
  nothing.

  @PC-5 @both-databases @target.process
  Rule: Another one asks in its place, and all are answered

    Scenario: the process is killed
      Given 2 servers that share a database
      And Ada has a search of category 1000 under way, never answered
      And Grace has 5 requests for it under way on the second server
      When the first server is killed
      Then all 5 of them are granted
      And 1 search reached the upstream
      And the cache has these entries
        | cache    | entry         | expires     | hits |
        | searches | category 1000 | in 24 hours | 0    |
      And nothing else was changed

    @alone @cost.seconds
    Scenario: the process is frozen, and goes on too late
      Given 2 servers that share a database
      And Ada has a search of category 1000 under way
      And Grace has 5 requests for it under way on the second server
      And the upstream finds other products from now on
      When the first server is frozen
      Then all 5 of them are granted
      And 1 search reached the upstream
      When the first server goes on
      And Grace asks for the products of category 1000
      Then the request of Ada is answered
      And Grace is answered with what the cache has
      And the cache has these entries
        | cache    | entry         | expires     | hits |
        | searches | category 1000 | in 24 hours | 1    |

    @alone @cost.seconds
    Scenario: somebody else searches while the process is frozen
      Given 2 servers that share a database
      And Ada has a search of category 1000 under way
      When the first server is frozen
      And Grace tries to ask for the products of category 2000 from the second server
      Then Grace is answered in less than 2 seconds
      And Grace is answered with what the upstream found

  @PC-5 @both-databases @target.process
  Rule: A server that is started again has what was there before

    Scenario: the server is killed, and started again
      Given the upstream is well
      And Ada asks for the products of category 1000
      And the server is killed
      And the server is started again
      When Ada asks for the products of category 1000
      Then Ada is answered with what the cache has
      And the cache has these entries
        | cache    | entry         | expires     | hits |
        | searches | category 1000 | in 24 hours | 1    |
      And nothing else was changed
