Feature: Alerts
  Somebody on call wants to hear of a cache that fills up, that is used by nobody, or that is not purged, and of nothing
  else.

  @PC-9 @both-databases
  Rule: Each cache by itself raises an alert past its bound, and none at it

    Scenario Outline: <count> <cached>, each used <hits> times, <expired> of them expired
      Given Ada has an account
      And the cache has <count> <cached>, each used <hits> times and the first <expired> of them expired
      When Ada asks for the cache's figures
      Then Ada is answered with <alert>
      And nothing else was changed

      Examples: average reuse below 2
        | count | cached   | hits | expired | alert                                  |
        | 3     | searches | 1    | 0       | an alert of searches that are used too little   |
        | 3     | searches | 2    | 0       | no alert                               |
        | 3     | scores   | 1    | 0       | an alert of scores that are used too little     |

      @cost.seconds
      Examples: average reuse below 2, more
        | count | cached   | hits | expired | alert                                  |
        | 3     | searches | 0    | 0       | an alert of searches that are used too little   |
        | 3     | scores   | 2    | 0       | no alert                               |

      Examples: more than 20 % expired
        | count | cached   | hits | expired | alert                                  |
        | 10    | searches | 2    | 2       | no alert                               |
        | 10    | searches | 2    | 3       | an alert of searches that have expired |
        | 10    | scores   | 2    | 3       | an alert of scores that have expired   |

      @cost.seconds
      Examples: more than 20 % expired, more
        | count | cached   | hits | expired | alert                                  |
        | 9     | searches | 2    | 2       | an alert of searches that have expired |
        | 10    | scores   | 2    | 2       | no alert                               |

      @cost.seconds
      Examples: more than 10,000 entries
        | count | cached   | hits | expired | alert                                  |
        | 10000 | searches | 2    | 0       | no alert                               |
        | 10001 | searches | 2    | 0       | an alert of too many searches          |
        | 10000 | scores   | 2    | 2000    | no alert                               |
        | 10001 | scores   | 2    | 0       | an alert of too many scores            |

    Scenario: an average just below 2
      Given Ada has an account
      And the cache has these entries
        | cache    | entry    | expires     | hits |
        | searches | search-a | in 24 hours | 3    |
        | searches | search-b | in 24 hours | 1    |
        | scores   | score-a  | in 6 hours  | 2    |
        | scores   | score-b  | in 6 hours  | 1    |
      When Ada asks for the cache's figures
      Then Ada is answered with an alert of scores that are used too little
      And nothing else was changed

    @cost.seconds
    Scenario: all bounds of one cache are passed
      Given Ada has an account
      And the cache has 10001 searches, each used 1 time and the first 2001 of them expired
      When Ada asks for the cache's figures
      Then Ada is answered with every alert of searches
      And nothing else was changed

  @PC-9 @both-databases
  Rule: An empty cache raises no alert

    Scenario: nothing is there
      Given Ada has an account
      When Ada asks for the cache's figures
      Then Ada is answered with no alert
      And nothing else was changed

    Scenario: alerts end with their reason
      Given Ada has an account
      And the cache has 10 searches, each used 2 times and the first 3 of them expired
      And Ada asks for the server's metrics
      And the operator runs "cache cleanup"
      When Ada asks for the cache's figures
      Then Ada is answered with no alert
      And nothing else was changed
