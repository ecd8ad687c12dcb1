Feature: One generation, however many ask at once
  When a person's phone, watch and browser all open at the same moment, or a thousand retries arrive together, the
  work is done once and everybody gets its result. The numbers are those of the runbook, and a thousand on top.

  @LR-2 @both-databases @target.process
  Rule: However many first requests come at once, all get the same answer from one generation

    Scenario Outline: <requests> first requests at once, <processes>
      Given a server with <processes>
      And Ada has a natal chart
      And each generation takes <delay> ms longer
      When Ada asks for the current return <requests> times at once
      Then all <requests> requests are answered with the same return
      And 1 generation ran for Ada
      And Ada has returns for 12 consecutive months
      And nothing else was changed

      Examples: one process
        | requests | processes          | delay |
        | 10       | 1 worker process   | 0     |
        | 100      | 1 worker process   | 0     |
        | 1000     | 1 worker process   | 1000  |

      @workers.2 @cost.seconds
      Examples: two worker processes
        | requests | processes          | delay |
        | 10       | 2 worker processes | 0     |
        | 100      | 2 worker processes | 0     |

      @workers.2 @cost.minute
      Examples: a thousand, two worker processes
        | requests | processes          | delay |
        | 1000     | 2 worker processes | 1000  |

    Scenario: fifty first requests at once to each of two servers that share a database
      Given 2 servers that share a database
      And Ada has a natal chart
      When Ada asks each server for the current return 50 times at once
      Then all 100 requests are answered with the same return
      And 1 generation ran for Ada
      And Ada has returns for 12 consecutive months
      And nothing else was changed

  @LR-3 @both-databases @target.process
  Rule: A second batch gets the same return and generates nothing

    Scenario: ten more requests follow ten first ones
      Given Ada has a natal chart
      And Ada asks for the current return 10 times at once
      When Ada asks for the current return 10 times at once
      Then all 10 requests are answered with the same return
      And Ada is answered with the same return as before
      And 1 generation ran for Ada
      And nothing else was changed

  @LR-10 @both-databases
  Rule: The log proves the single generation

    @target.process
    Scenario Outline: ten requests at once during a generation of two seconds, <processes>
      Given a server with <processes>
      And Ada has a natal chart
      And each generation takes 2000 ms longer
      When Ada asks for the current return 10 times at once
      Then the log has 1 request that generated 12 months and released its lock
      And the log has 9 requests that waited and found its result
      And each of these lines bears the id of its request

      Examples: one process
        | processes          |
        | 1 worker process   |

      @workers.2 @cost.seconds
      Examples: two worker processes
        | processes          |
        | 2 worker processes |

    Scenario Outline: <what>, which is there at once
      Given Ada has a natal chart
      And Ada asks for the current return
      When Ada asks for <what>
      Then the log has 1 request that found its return at once
      And 1 generation ran for Ada
      And nothing else was changed

      Examples:
        | what               |
        | the current return |
        | the twelve months  |
