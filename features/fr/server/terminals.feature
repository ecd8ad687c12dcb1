# language: fr
Fonctionnalité: Ce que les clients envoient, et les terminaux
  L'exploitant lit le journal, entier ou par extraits, sur un terminal. Ce que des inconnus ont mis dans des chemins,
  des en-têtes et des articles ne doit ni en déplacer le curseur, ni en changer le titre, ni inverser le sens d'une
  ligne. Cela reste lisible, sous forme échappée.

  @SV-14 @target.process
  Règle: Le journal contient sous forme échappée ce que les clients ont envoyé, dans ses deux formats

    Plan du scénario: <format>
      Étant donné que l'option LOG_FORMAT vaut "<format>"
      Et qu'il y a 1 article
      Quand quelqu'un envoie ce à quoi un terminal obéirait, partout où c'est possible
      Alors le journal montre 2 demandes qui contenaient ce à quoi un terminal obéirait, entièrement échappé
      Et rien d'autre n'a changé

      Exemples:
        | format  |
        | json    |
        | console |

  @SV-14
  Règle: Ce que les commandes affichent le contient aussi sous forme échappée

    Scénario: le journal affiché en entier
      Étant donné qu'il y a 1 article
      Quand quelqu'un envoie un article au titre duquel un terminal obéirait
      Et l'exploitant lance ces commandes
        | commande       | code | dit                                         |
        | log dump DIR   | 0    | été … u001b … u007f … u202e … udb40 … udc41 |
        | log verify DIR | 0    | whole                                       |
      Alors ces commandes se terminent comme il y est dit
