# language: fr
Fonctionnalité: Beaucoup de lots le même jour
  Après une campagne cent mille lots arrivent à échéance le même jour. Le passage de cette nuit-là doit se terminer avant
  le matin, sur la même petite machine.

  @VR-9 @both-databases
  Règle: Un lot ne prend pas plus de temps parmi beaucoup d'autres, et un passage pas plus de mémoire pour eux

    @cost.seconds
    Scénario: quatre mille lots
      Étant donné 4000 lots échus de 100 personnes
      Quand un passage les libère en arrière-plan
      Alors la commande se termine avec le code 0
      Et chacun des 4000 lots a été libéré une fois
      Et les derniers lots ont pris au plus 3 fois le temps des premiers
      Et le passage a pris au plus 24 Mio pour eux
      Et rien d'autre n'a changé

    Scénario: plus de lots que n'en prend une tranche, par le réseau
      Étant donné que Grace a un compte d'administrateur
      Et 450 lots échus de 5 personnes
      Quand Grace envoie une libération
      Alors le passage indique
        | au          | devise | à blanc | échus | libérés | montant  | ignorés | erreurs |
        | aujourd'hui | AED    | non     | 450   | 450     | 21027.00 | 0       | 0       |
      Et chacun des 450 lots a été libéré une fois
      Et rien d'autre n'a changé

    @cost.minute @timeout.300
    Scénario: cent mille lots
      Étant donné 4000 lots échus de 100 personnes
      Et un passage les libère en arrière-plan
      Et 100000 lots échus de 1000 personnes
      Quand un passage les libère en arrière-plan
      Alors la commande se termine avec le code 0
      Et chacun des 104000 lots a été libéré une fois
      Et les derniers lots ont pris au plus 3 fois le temps des premiers
      Et le passage a pris au plus 24 Mio pour eux

  @VR-9
  Règle: Qui le lance sur un terminal voit où il en est

    @cost.seconds
    Scénario: un passage sur un terminal
      Étant donné 1000 lots échus de 10 personnes
      Quand un passage les libère dans un terminal
      Alors la commande se termine avec le code 0
      Et elle dit "released 800 lots"
      Et elle dit "released 1000 lots"
      Et chacun des 1000 lots a été libéré une fois
      Et rien d'autre n'a changé
