Feature: Rates under load
  Load testers ask how many writers and readers a server can handle before they have to wait. The rates here are for
  durable writes, compared with what the machine itself can do in the same minute.

  @AR-5 @target.process @alone @cost.minute
  Rule: Thirty-two writers get a thousand durable writes a second

    Scenario: ten seconds of writing
      Given persistence is on by default
      When these clients work for 10 seconds
        | clients | do    | rate |
        | 32      | write |      |
      Then these limits are kept
        | figure   | limit            |
        | rate     | at least 1000 /s |
        | failures | exactly 0        |
        | p95      | under 100 ms     |
        | ruler    | at least 6000 /s |
      And every article that was acknowledged is there
      And the log is whole
      And nothing else was changed

  @AR-6 @target.process @alone @cost.minute
  Rule: Thirty-two readers get five thousand answers a second

    Scenario: ten seconds of reading among five thousand articles
      Given there are 5000 articles
      When these clients work for 10 seconds
        | clients | do   | rate |
        | 32      | read |      |
      Then these limits are kept
        | figure   | limit             |
        | rate     | at least 5000 /s  |
        | failures | exactly 0         |
        | p99      | under 20 ms       |
        | ruler    | at least 20000 /s |
      And the file events.raftlog must hold exactly 5000 events
      And nothing else was changed

  @AR-7 @target.process @alone @cost.minute
  Rule: Readers and writers do not slow each other down

    Scenario: thirty seconds of a hundred readers and twenty writers
      Given there are 1000 articles
      When these clients work for 30 seconds
        | clients | do    | rate |
        | 100     | read  |      |
        | 20      | write |      |
      Then these limits are kept
        | figure   | limit             |
        | rate     | over 2000 /s      |
        | writes   | over 100 /s       |
        | failures | under 0.1 %       |
        | mean     | under 30 ms       |
        | ruler    | at least 16000 /s |
      And every article that was acknowledged is there
      And the log is whole
      And nothing else was changed

  @AR-8 @target.process @alone @cost.minute
  Rule: A steady stream of writes is stored completely

    Scenario: five hundred writes a second for a minute
      Given persistence is on by default
      When these clients work for 60 seconds
        | clients | do    | rate   |
        | 32      | write | 500 /s |
      Then these limits are kept
        | figure   | limit         |
        | answers  | exactly 30000 |
        | failures | exactly 0     |
        | rate     | over 490 /s   |
        | p95      | under 100 ms  |
      And the file events.raftlog must hold exactly 30000 events
      And the log is whole
      And nothing else was changed

  @AR-17 @target.process @alone @cost.minute
  Rule: Without a sync for each group the server creates more than five thousand articles a second

    Scenario: ten seconds of creating, each article in a request of its own
      Given the switch EVENT_LOG_DURABILITY is set to "flush"
      When these clients work for 10 seconds
        | clients | do    | rate |
        | 32      | write |      |
      Then these limits are kept
        | figure   | limit             |
        | rate     | over 5000 /s      |
        | failures | exactly 0         |
        | ruler    | at least 25000 /s |
      And the log is whole
      And nothing else was changed
