Feature: Entries that expire when they say
  A buyer acts on prices of this morning, not of last week. An entry is good until the second that it names, whichever
  clock the server or the database has.

  @PC-1 @both-databases @target.inprocess
  Rule: An entry is served while its expiry is later than now, and never after; a search lives 24 hours

    Scenario Outline: a search that is asked for again when the clock <shift>
      Given the upstream is well
      And today is "2026-11-22T12:34:56Z"
      And Ada asks for the products of category 1000
      And the clock <shift>
      When Ada asks for the products of category 1000
      Then Ada is answered with <what>
      And the cache has these entries
        | cache    | entry         | expires   | hits   |
        | searches | category 1000 | <expires> | <hits> |
      And nothing else was changed

      Examples: served
        | shift                                | what               | expires             | hits |
        | goes forward by 86399.999999 seconds | what the cache has | in 0.000001 seconds | 1    |
        | goes back by 1 hour                  | what the cache has | in 25 hours         | 1    |

      @cost.seconds
      Examples: served, more
        | shift                                | what               | expires             | hits |
        | goes forward by 0 seconds            | what the cache has | in 24 hours         | 1    |
        | goes forward by 23.9 hours           | what the cache has | in 0.1 hours        | 1    |

      Examples: never after
        | shift                                | what                    | expires     | hits |
        | goes forward by 86400 seconds        | what the upstream found | in 24 hours | 0    |

      @cost.seconds
      Examples: never after, more
        | shift                                | what                    | expires     | hits |
        | goes forward by 86400.000001 seconds | what the upstream found | in 24 hours | 0    |
        | goes forward by 8760 hours           | what the upstream found | in 24 hours | 0    |

    Scenario Outline: a search that is first asked for at <moment>
      Given the upstream is well
      And today is "<moment>"
      And Ada has an account
      When Ada asks for the products of category 1000
      Then Ada is answered with what the upstream found
      And the cache has these entries
        | cache    | entry         | expires     | hits |
        | searches | category 1000 | in 24 hours | 0    |
      And nothing else was changed

      Examples:
        | moment                           |
        | 2028-02-28T23:59:59Z             |
        | 2026-10-25T00:30:00+02:00        |

      @cost.seconds
      Examples: more
        | moment                           |
        | 2026-12-31T23:59:59.999999Z      |
        | 2026-03-08T02:30:00-05:00        |

  @PC-1 @both-databases @target.inprocess
  Rule: A score lives 6 hours

    Scenario Outline: a score that is asked for again when the clock <shift>
      Given the upstream is well
      And today is "2026-11-22T12:34:56Z"
      And Ada asks for the scores of B0STRONG01
      And the clock <shift>
      When Ada asks for the scores of B0STRONG01
      Then Ada is answered with <what>
      And the cache has these entries
        | cache  | entry      | expires   | hits   |
        | scores | B0STRONG01 | <expires> | <hits> |
      And nothing else was changed

      Examples:
        | shift                                | what                       | expires             | hits |
        | goes forward by 21599.999999 seconds | the scores that are cached | in 0.000001 seconds | 1    |
        | goes forward by 21600 seconds        | the scores of the upstream | in 6 hours          | 0    |

      @cost.seconds
      Examples: more
        | shift                                | what                       | expires             | hits |
        | goes forward by 5.9 hours            | the scores that are cached | in 0.1 hours        | 1    |
        | goes forward by 21600.000001 seconds | the scores of the upstream | in 6 hours          | 0    |

  @PC-1 @both-databases
  Rule: The expiry that stands in the table counts, wherever it came from

    Scenario Outline: a search whose entry expires <expires>
      Given the upstream is well
      And Ada asks for the products of category 1000
      And the cache has these entries
        | cache    | entry         | expires   | hits |
        | searches | category 1000 | <expires> | 7    |
      When Ada asks for the products of category 1000
      Then Ada is answered with <what>
      And the cache has these entries
        | cache    | entry         | expires | hits   |
        | searches | category 1000 | <then>  | <hits> |
      And nothing else was changed

      Examples:
        | expires      | what                    | then        | hits |
        | in 1 minute  | what the cache has      | in 1 minute | 8    |
        | 1 second ago | what the upstream found | in 24 hours | 0    |

      @cost.seconds
      Examples: more
        | expires      | what                    | then        | hits |
        | in 1 hour    | what the cache has      | in 1 hour   | 8    |
        | 1 hour ago   | what the upstream found | in 24 hours | 0    |

    Scenario: of three scores one has expired
      Given the upstream is well
      And Ada asks for the scores of B0STRONG01, B0BUY00001 and B0SKIP0001
      And the cache has these entries
        | cache  | entry      | expires      | hits |
        | scores | B0STRONG01 | in 1 hour    | 3    |
        | scores | B0BUY00001 | 1 second ago | 5    |
        | scores | B0SKIP0001 | in 6 hours   | 0    |
      When Ada asks for the scores of B0STRONG01, B0BUY00001 and B0SKIP0001
      Then Ada is answered with the scores of the upstream
      And 1 product look-up reached the upstream
      And the cache has these entries
        | cache  | entry      | expires    | hits |
        | scores | B0STRONG01 | in 1 hour  | 4    |
        | scores | B0BUY00001 | in 6 hours | 0    |
        | scores | B0SKIP0001 | in 6 hours | 1    |
      And nothing else was changed

  @PC-1 @both-databases @target.process
  Rule: Expiry does not depend on where the server stands

    Scenario Outline: a server in <place>, an entry that expires <expires>
      Given the upstream is well
      And the switch TZ is set to "<zone>"
      And Ada asks for the products of category 1000
      And the cache has these entries
        | cache    | entry         | expires   | hits |
        | searches | category 1000 | <expires> | 0    |
      When Ada asks for the products of category 1000
      Then Ada is answered with <what>

      Examples:
        | place                      | zone             | expires      | what                    |
        | the first place of the day | Etc/GMT-14       | in 1 minute  | what the cache has      |
        | New York                   | America/New_York | 1 second ago | what the upstream found |

      @cost.seconds
      Examples: more
        | place                      | zone             | expires      | what                    |
        | the first place of the day | Etc/GMT-14       | 1 second ago | what the upstream found |
        | New York                   | America/New_York | in 1 minute  | what the cache has      |

  @PC-1 @database.postgres
  Rule: Nor does it depend on the time zone of the database

    Scenario Outline: a database that <database>, an entry that expires <expires>
      Given a server whose database <database>
      And the upstream is well
      And Ada asks for the products of category 1000
      And the cache has these entries
        | cache    | entry         | expires   | hits |
        | searches | category 1000 | <expires> | 0    |
      When Ada asks for the products of category 1000
      Then Ada is answered with <what>

      Examples:
        | database                     | expires      | what                    |
        | keeps the time of Kiritimati | in 1 minute  | what the cache has      |
        | keeps the time of Kiritimati | 1 second ago | what the upstream found |
        | keeps the time of New York   | in 1 minute  | what the cache has      |
        | keeps the time of New York   | 1 second ago | what the upstream found |
