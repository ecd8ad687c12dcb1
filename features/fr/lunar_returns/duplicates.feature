# language: fr
Fonctionnalité: Une révolution par mois
  Deux lignes pour un même mois se contredisent. La base elle-même les interdit, et le serveur refuse une base
  ancienne qui en contient.

  @LR-6 @both-databases
  Règle: Aucun utilisateur n'a jamais deux révolutions pour un même mois

    @target.process
    Scénario: après cent premières demandes simultanées
      Étant donné un serveur à 2 processus
      Et qu'Ada a un thème natal
      Quand Ada demande la révolution courante 100 fois en même temps
      Alors aucune des deux requêtes de doublons ne trouve de ligne
      Et la base interdit à Ada une seconde révolution pour un même mois
      Et Ada a des révolutions pour 12 mois consécutifs
      Et rien d'autre n'a changé

  @LR-6 @both-databases @target.process
  Règle: Une base qui contient des doublons est refusée

    @cost.seconds
    Scénario: une base d'avant la règle
      Étant donné une base d'avant la règle, où Ada a 2 révolutions pour un même mois
      Quand un serveur est démarré
      Alors la commande se termine avec le code 64
      Et elle dit "more than one row for 1 user-months"
      Et rien d'autre n'a changé

    Scénario: les doublons sont listés
      Étant donné une base d'avant la règle, où Ada a 2 révolutions pour un même mois
      Quand l'exploitant lance "lunar-returns duplicates"
      Alors la commande se termine avec le code 1
      Et elle dit "2024-01"
      Et rien d'autre n'a changé

    Scénario: les doublons sont réparés
      Étant donné une base d'avant la règle, où Ada a 2 révolutions pour un même mois
      Quand l'exploitant lance "lunar-returns duplicates --repair"
      Alors la commande se termine avec le code 0
      Et elle dit "2024-01"
      Et seule la plus récente de ces révolutions est encore là
      Et rien d'autre n'a changé
      Et le serveur va bien

    Scénario: un mois présent cinq fois est réparé en une fois
      Étant donné une base d'avant la règle, où Ada a 5 révolutions pour un même mois
      Quand l'exploitant lance "lunar-returns duplicates --repair"
      Alors la commande se termine avec le code 0
      Et elle dit "deleted 4 rows"
      Et seule la plus récente de ces révolutions est encore là
      Et rien d'autre n'a changé

    Scénario: une base réparée n'a pas de doublons
      Étant donné une base d'avant la règle, où Ada a 3 révolutions pour un même mois
      Et que l'exploitant lance "lunar-returns duplicates --repair"
      Quand l'exploitant lance "lunar-returns duplicates"
      Alors la commande se termine avec le code 0
      Et elle dit "no duplicates"
      Et seule la plus récente de ces révolutions est encore là
      Et rien d'autre n'a changé
