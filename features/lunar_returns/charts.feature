Feature: Natal charts that change while others work
  All that is made rests on a person's natal chart. When the chart changes, nothing of the former one may come after it;
  and the chart may be that of any place and hour.

  @LR-1 @both-databases
  Rule: What rests on another chart is not kept

    Scenario: the chart changes while a generation is under way
      Given Ada has a natal chart
      And each generation takes 1500 ms longer
      And a request of Ada generates
      When Ada gives another natal chart
      Then the request of Ada is told to ask again
      And Ada has returns for 0 consecutive months
      And nothing else was changed

    Scenario Outline: the first chart of <person> comes twenty times at once
      Given <person> has an account
      When <person> sends a natal chart 20 times at once
      Then all 20 of them are granted
      And <person> is answered with the natal chart that was sent
      And nothing else was changed

      Examples: whether two meet is chance
        | person |
        | Ada    |
        | Grace  |
        | Edsger |

  @AC-4 @both-databases
  Rule: When a person leaves, their chart is deleted, and nobody else's

    Scenario: a person leaves who has a chart and no return yet
      Given Ada has an account
      And Ada has a natal chart
      And Grace has a natal chart
      And Grace asks for the current return
      When Ada deletes the account
      Then nothing of Ada is left
      And nothing else was changed

  @LR-1
  Rule: Twelve months are made for a birth at any place and hour

    Scenario Outline: <field> <value>
      Given Ada has an account
      And Ada sends a natal chart with the <field> <value>
      When Ada tries to ask for the current return
      Then Ada is answered with a return that has begun
      And Ada has returns for 12 consecutive months
      And nothing else was changed

      Examples:
        | field          | value                |
        | latitude       | 90                   |
        | longitude      | 180                  |
        | birth_datetime | 1800-01-01T00:00:00Z |

      @cost.seconds
      Examples: more
        | field          | value                            |
        | latitude       | -90                              |
        | longitude      | -180                             |
        | birth_datetime | 2000-02-29T23:59:59.999999+14:00 |

  @LR-10 @both-databases @target.inprocess
  Rule: The log says who failed, and that the lock was released

    Scenario: a calculation fails
      Given the next calculation fails after 0 seconds
      And Ada has a natal chart
      When Ada tries to ask for the current return
      Then Ada is refused with 503 "The returns could not be calculated"
      And the log has 1 request that failed and released its lock
      And Ada is answered under the id that it was sent with
      And each line that the log has for Ada's request bears that id

  @LR-9
  Rule: A request's id is in its answer and on each of its log lines, also when it is refused

    Scenario Outline: a request that is refused with <status>: <what>
      Given Ada has an account
      When Ada sends <what>
      Then Ada is refused with <status> "<words>"
      And Ada is answered under the id that it was sent with
      And each line that the log has for Ada's request bears that id
      And nothing else was changed

      Examples:
        | what                                          | status | words                    |
        | a wrong password                              | 401    | is wrong                 |
        | a natal chart that is cut off                 | 400    | not well-formed JSON     |
        | a natal chart that is of another content type | 415    | must be application/json |

      @cost.seconds
      Examples: more
        | what                                 | status | words          |
        | a new account                        | 409    | exists already |
        | a natal chart with the latitude 90.1 | 422    | latitude       |

    Scenario: a request that is refused with 404: a purge where none is allowed
      Given the switch ALLOW_DEV_PURGE is not set
      And Ada has an account
      When Ada sends a purge
      Then Ada is refused with 404 "There is nothing here"
      And Ada is answered under the id that it was sent with
      And each line that the log has for Ada's request bears that id
      And nothing else was changed
