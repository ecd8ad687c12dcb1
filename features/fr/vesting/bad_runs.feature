# language: fr
Fonctionnalité: Des passages qui n'ont pas de sens
  Un script lit les codes de sortie, une personne lit une ligne. Un passage qui n'est pas compris ne déplace rien.

  @VR-15 @both-databases
  Règle: Un passage avec une mauvaise option se termine avec 64 et une ligne qui dit pourquoi, et ne déplace rien

    Scénario: de mauvais jours
      Étant donné que le coffre a ces lots
        | titulaire | coffre | montant | libéré | devise | échéance   | statut |
        | Ada       | AVENIR | 100.00  | 0.00   | AED    | 2025-01-27 | VESTED |
        | Ada       | AVENIR | 200.00  | 0.00   | AED    | demain     | VESTED |
      Quand l'exploitant lance ces commandes
        | commande                                     | code | dit   |
        | vesting-release --as-of 9999-12-31           | 64   | as_of |
        | vesting-release --as-of 9999-12-31 --dry-run | 64   | as_of |
        | vesting-release --as-of 27.01.2025           | 64   | as_of |
        | vesting-release --as-of 20250127             | 64   | as_of |
        | vesting-release --as-of 2025-01-27T00:00:00  | 64   | as_of |
        | vesting-release --as-of ""                   | 64   | as_of |
      Alors ces commandes se terminent comme il y est dit
      Et Ada a 0.00 AED disponibles et 300.00 AED bloqués
      Et rien d'autre n'a changé

    Scénario: de mauvaises devises, de mauvais nombres, de mauvaises options
      Étant donné que le coffre a ces lots
        | titulaire | coffre | montant | libéré | devise | échéance   | statut |
        | Ada       | AVENIR | 100.00  | 0.00   | AED    | 2025-01-27 | VESTED |
      Quand l'exploitant lance ces commandes
        | commande                                           | code | dit      |
        | vesting-release --as-of 2025-01-27 --currency aed  | 64   | currency |
        | vesting-release --as-of 2025-01-27 --currency ""   | 64   | currency |
        | vesting-release --as-of 2025-01-27 --max-lots 0    | 64   | max-lots |
        | vesting-release --as-of 2025-01-27 --max-lots -1   | 64   | max-lots |
        | vesting-release --as-of 2025-01-27 --max-lots many | 64   | max-lots |
        | vesting-release --on 2025-01-27                    | 64   | --on     |
      Alors ces commandes se terminent comme il y est dit
      Et Ada a 0.00 AED disponibles et 100.00 AED bloqués
      Et rien d'autre n'a changé

    Plan du scénario: <commande>, comme le lit un script
      Étant donné que le coffre a ces lots
        | titulaire | coffre | montant | libéré | devise | échéance   | statut |
        | Ada       | AVENIR | 100.00  | 0.00   | AED    | 2025-01-27 | VESTED |
      Quand l'exploitant lance "<commande>"
      Alors la commande se termine avec le code 64
      Et la commande est refusée en une ligne à propos de "<champ>"
      Et rien d'autre n'a changé

      Exemples:
        | commande                           | champ    |
        | vesting-release --as-of 9999-12-31 | as_of    |
        | vesting-release --as-of 2025-02-30 | as_of    |
        | vesting-release --currency XXX     | currency |

  @VR-15
  Règle: Un passage sans base se termine avec 4, et sans ses tables avec 64

    Scénario: pas de base, ou une base d'un autre genre
      Étant donné qu'Ada a 10.00 AED dans le coffre
      Quand l'exploitant lance ces commandes
        | commande                                                | code | dit      |
        | vesting-release --database postgresql://127.0.0.1:1/ada | 4    | database |
        | vesting-release --database sqlite:////proc/nowhere.db   | 4    | database |
        | vesting-release --database mysql://127.0.0.1/ada        | 64   | database |
      Alors ces commandes se terminent comme il y est dit
      Et rien d'autre n'a changé

    Scénario: une base d'une version plus ancienne
      Étant donné un serveur dont la base est d'une version plus ancienne
      Quand l'exploitant lance "vesting-release"
      Alors la commande se termine avec le code 64
      Et elle dit "run `reference-app db upgrade`"
      Et rien d'autre n'a changé

  @VR-15 @target.process
  Règle: Un serveur pour des devises qui n'existent pas ne démarre pas, et dit lesquelles

    Scénario: une devise qui n'existe pas
      Étant donné que l'option VESTING_CURRENCIES vaut "AED,XXX,EUR"
      Quand un serveur est démarré
      Alors la commande se termine avec le code 64
      Et elle dit "VESTING_CURRENCIES"
      Et elle dit "'XXX' is no currency of ISO 4217"
