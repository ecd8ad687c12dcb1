Feature: Many write at the same time
  Writers that arrive together share one disk write, and still each gets an id and an answer of its own.

  @AR-0 @target.process
  Rule: A connection is kept for as many requests as its client has

    @cost.seconds
    Scenario: a thousand requests on one connection
      When I create 1000 articles quickly
      Then these limits are kept
        | figure   | limit        |
        | answers  | exactly 1000 |
        | failures | exactly 0    |

    Scenario: small answers leave at once
      Given there are 10 articles
      When I create 10 articles quickly
      Then the server's connections send at once
      And the file events.raftlog must hold exactly 20 events
      And nothing else was changed

  @AR-3 @target.process
  Rule: However many write at once, everything is stored once, with ids without gaps

    Scenario: ten thousand articles by fifty clients
      Given persistence is on by default
      When I create 10000 articles in parallel with 50 threads
      Then these limits are kept
        | figure   | limit         |
        | answers  | exactly 10000 |
        | failures | exactly 0     |
      And the file events.raftlog must hold exactly 10000 events
      And the ids 0 to 9999 were given, each once
      And every article that was acknowledged is there
      And the log is whole
      And nothing else was changed

  @AR-4 @target.process @alone @cost.minute @timeout.300
  Rule: A hundred clients at once are answered quickly

    Scenario: five thousand requests by a hundred clients
      Given persistence is on by default
      When I create 5000 articles in parallel with 100 threads
      Then these limits are kept
        | figure   | limit             |
        | answers  | exactly 5000      |
        | failures | exactly 0         |
        | mean     | under 50 ms       |
        | ruler    | at least 12000 /s |
      And the file events.raftlog must hold exactly 5000 events
      And the log is whole
      And the server is well
      And nothing else was changed

  @AR-13 @target.process
  Rule: A thousand clients at once are served like one

    Scenario: ten articles by each of a thousand clients
      Given persistence is on by default
      When I create 10000 articles in parallel with 1000 threads
      Then these limits are kept
        | figure   | limit         |
        | answers  | exactly 10000 |
        | failures | exactly 0     |
      And the file events.raftlog must hold exactly 10000 events
      And the ids 0 to 9999 were given, each once
      And every article that was acknowledged is there
      And the log is whole
      And nothing else was changed

  @AR-20
  Rule: Once anyone has read an article, every later read returns it

    Scenario Outline: readers who come before, during and after, for <time>
      When these clients work for <time>
        | clients | do    | rate |
        | 8       | write |      |
        | 8       | read  |      |
      Then nobody loses sight of an article

      Examples:
        | time     |
        | 1 second |

      @cost.seconds
      Examples: more
        | time      |
        | 3 seconds |

  @AR-26
  Rule: All that clients read and change of one article at the same time has one order

    Scenario: changes and reads of one article, which is deleted meanwhile
      When these clients work for 1 second
        | clients | do         | rate |
        | 4       | change one |      |
        | 8       | read one   |      |
        | 1       | delete one |      |
      Then all that was asked of one article has one order
