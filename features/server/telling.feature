Feature: When requests are refused or break
  An operator on call reads metrics and logs of what went wrong, not of what went well. A refused request is told
  and counted as a granted one is.

  @SV-4
  Rule: Each request is counted by its status and logged in one line, whatever the answer

    Scenario: granted, refused and broken requests
      Given Ada has a natal chart
      And Ada has a return that cannot be read
      When Ada sends a request of every kind
      Then Ada is answered with the documented problem each time
      And Ada is answered with each of her granted requests' ids, and nothing of the server's inside
      When somebody asks for what the server says of itself
      Then somebody is answered with figures that count each request by its status
      And the log has 19 requests that were answered, each in one line in UTC

    @target.process
    Scenario: a server in New York
      Given the switch TZ is set to "America/New_York"
      And Ada has a natal chart
      And Ada has a return that cannot be read
      When Ada sends a request of every kind
      Then Ada is answered with the documented problem each time
      And the log has 19 requests that were answered, each in one line in UTC

    @target.process @workers.2 @cost.seconds
    Scenario: two worker processes
      Given a server with 2 worker processes
      And Ada has a natal chart
      When Ada sends no token that counts, to every route
      Then Ada is answered with the documented problem each time
      When somebody asks for what the server says of itself
      Then somebody is answered with figures that count each request by its status
