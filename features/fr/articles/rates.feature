# language: fr
Fonctionnalité: Débits sous charge
  Les testeurs de charge demandent combien de rédacteurs et de lecteurs un serveur supporte avant de les faire
  attendre. Les débits promis ici valent pour des écritures durables, comparées à ce que la machine elle-même sait faire
  dans la même minute.

  @AR-5 @target.process @alone @cost.minute
  Règle: Trente-deux rédacteurs obtiennent mille écritures durables par seconde

    Scénario: dix secondes d'écriture
      Étant donné que la persistance est activée par défaut
      Quand ces clients travaillent pendant 10 secondes
        | clients | font     | débit |
        | 32      | écriture |       |
      Alors ces limites sont tenues
        | grandeur    | limite           |
        | débit       | au moins 1000 /s |
        | échecs      | exactement 0     |
        | 95e centile | moins de 100 ms  |
        | serveur nu  | au moins 6000 /s |
      Et chaque article dont la création a été confirmée est là
      Et le journal est intact
      Et rien d'autre n'a changé

  @AR-6 @target.process @alone @cost.minute
  Règle: Trente-deux lecteurs obtiennent cinq mille réponses par seconde

    Scénario: dix secondes de lecture parmi cinq mille articles
      Étant donné qu'il y a 5000 articles
      Quand ces clients travaillent pendant 10 secondes
        | clients | font    | débit |
        | 32      | lecture |       |
      Alors ces limites sont tenues
        | grandeur    | limite            |
        | débit       | au moins 5000 /s  |
        | échecs      | exactement 0      |
        | 99e centile | moins de 20 ms    |
        | serveur nu  | au moins 20000 /s |
      Et le fichier events.raftlog doit contenir exactement 5000 événements
      Et rien d'autre n'a changé

  @AR-7 @target.process @alone @cost.minute
  Règle: Lecteurs et rédacteurs ne se gênent pas

    Scénario: trente secondes à cent lecteurs et vingt rédacteurs
      Étant donné qu'il y a 1000 articles
      Quand ces clients travaillent pendant 30 secondes
        | clients | font     | débit |
        | 100     | lecture  |       |
        | 20      | écriture |       |
      Alors ces limites sont tenues
        | grandeur          | limite            |
        | débit             | plus de 2000 /s   |
        | débit d'écritures | plus de 100 /s    |
        | échecs            | moins de 0,1 %    |
        | moyenne           | moins de 30 ms    |
        | serveur nu        | au moins 16000 /s |
      Et chaque article dont la création a été confirmée est là
      Et le journal est intact
      Et rien d'autre n'a changé

  @AR-8 @target.process @alone @cost.minute
  Règle: Un flux régulier d'écritures est enregistré en entier

    Scénario: cinq cents écritures par seconde pendant une minute
      Étant donné que la persistance est activée par défaut
      Quand ces clients travaillent pendant 60 secondes
        | clients | font     | débit  |
        | 32      | écriture | 500 /s |
      Alors ces limites sont tenues
        | grandeur    | limite           |
        | réponses    | exactement 30000 |
        | échecs      | exactement 0     |
        | débit       | plus de 490 /s   |
        | 95e centile | moins de 100 ms  |
      Et le fichier events.raftlog doit contenir exactement 30000 événements
      Et le journal est intact
      Et rien d'autre n'a changé

  @AR-17 @target.process @alone @cost.minute
  Règle: Sans une synchronisation par groupe, le serveur crée plus de cinq mille articles par seconde

    Scénario: dix secondes de créations, chaque article par une demande à lui
      Étant donné que l'option EVENT_LOG_DURABILITY vaut "flush"
      Quand ces clients travaillent pendant 10 secondes
        | clients | font     | débit |
        | 32      | écriture |       |
      Alors ces limites sont tenues
        | grandeur   | limite            |
        | débit      | plus de 5000 /s   |
        | échecs     | exactement 0      |
        | serveur nu | au moins 25000 /s |
      Et le journal est intact
      Et rien d'autre n'a changé
