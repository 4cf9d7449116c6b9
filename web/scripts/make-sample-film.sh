#!/bin/sh
# Makes public/media/sample.mp4: a film leader that counts down from five, then one slow day at sea, sunrise to sunset,
# with a timecode in the corner for the eye and a soft tone each second for the ear.
# Needs ffmpeg with libx264 and drawtext. The result is committed; run this only to change the film.
set -eu
cd "$(dirname "$0")/.."
out=public/media/sample.mp4
font=$(fc-match -f '%{file}' 'DejaVu Sans Mono:bold')

# The picture is computed at 160x90 and scaled up: soft edges, few bits. D is the part of the day that has passed, 0 to 1.
sea="nullsrc=s=160x90:r=24:d=145,format=gbrp,geq=\
r='st(0,T/145);st(1,sin(ld(0)*PI));st(2,hypot(X-(12+136*ld(0)),(Y-(62-48*ld(1)))*1.05));if(lt(Y,56),\
min(252,18+70*ld(1)+(150-90*ld(1))*exp(-(56-Y)/(9+20*ld(1)))+190*exp(-pow(ld(2)/(6+2*ld(1)),2))+70*exp(-ld(2)/22)),\
st(3,abs(X-(12+136*ld(0)))+5*sin(Y*1.9-T*0.9)+3*sin(Y*0.7+T*0.6));min(250,12+40*ld(1)+(120-40*ld(1))*exp(-(Y-56)/6)+120*exp(-ld(3)/(4+(Y-56)*0.35))))':\
g='st(0,T/145);st(1,sin(ld(0)*PI));st(2,hypot(X-(12+136*ld(0)),(Y-(62-48*ld(1)))*1.05));if(lt(Y,56),\
min(252,14+100*ld(1)+(60+10*ld(1))*exp(-(56-Y)/(7+20*ld(1)))+150*exp(-pow(ld(2)/(6+2*ld(1)),2))+40*exp(-ld(2)/20)),\
st(3,abs(X-(12+136*ld(0)))+5*sin(Y*1.9-T*0.9)+3*sin(Y*0.7+T*0.6));min(250,16+70*ld(1)+(46+10*ld(1))*exp(-(Y-56)/6)+90*exp(-ld(3)/(4+(Y-56)*0.35))))':\
b='st(0,T/145);st(1,sin(ld(0)*PI));st(2,hypot(X-(12+136*ld(0)),(Y-(62-48*ld(1)))*1.05));if(lt(Y,56),\
min(252,38+110*ld(1)+14*exp(-(56-Y)/14)+80*exp(-pow(ld(2)/(6+2*ld(1)),2))+12*exp(-ld(2)/20)),\
st(3,abs(X-(12+136*ld(0)))+5*sin(Y*1.9-T*0.9)+3*sin(Y*0.7+T*0.6));min(250,34+80*ld(1)+20*exp(-(Y-56)/6)+50*exp(-ld(3)/(4+(Y-56)*0.35))))',\
scale=640:360:flags=bicubic,format=yuv420p,setsar=1"

# The leader: a hand that sweeps once a second, a cross and two rings, and the figure of the second.
leader="nullsrc=s=640x360:r=24:d=5,format=gray,geq=lum='\
st(0,hypot(X-320,Y-180));st(1,mod(atan2(X-320,180-Y)/(2*PI)+1,1));\
st(2,clip(2-abs(ld(0)-130),0,1)+clip(2-abs(ld(0)-112),0,1)+clip(1.5-abs(X-320),0,1)+clip(1.5-abs(Y-180),0,1));\
st(3,96+54*clip((ld(1)-mod(T,1))*ld(0)*3+0.5,0,1));ld(3)+(30-ld(3))*min(1,ld(2))',\
format=yuv420p,setsar=1,drawtext=fontfile=$font:text='%{eif\:5-floor(t)\:d}':fontsize=150:fontcolor=0x151010:x=(w-tw)/2:y=(h-th)/2"

ffmpeg -y -hide_banner -loglevel error -filter_complex_threads 1 -threads 2 \
  -filter_complex "$leader[a];$sea[b];[a][b]concat=n=2:v=1[c];\
[c]drawbox=x=486:y=12:w=142:h=28:color=0x120c0a@0.72:t=fill,\
drawtext=fontfile=$font:timecode='00\:00\:00\:00':rate=24:fontsize=19:fontcolor=0xffd9a0:x=494:y=17[v];\
aevalsrc='0.22*exp(-9*mod(t,1))*sin(2*PI*t*if(lt(t,5),880,if(lt(mod(t,10),1),523.25,392)))*lt(mod(t,1),0.5)*min(1,mod(t,1)*200)':s=24000:c=mono:d=150[s]" \
  -map '[v]' -map '[s]' \
  -c:v libx264 -profile:v main -level 3.0 -pix_fmt yuv420p -preset veryslow -crf 36 -g 96 -keyint_min 24 -bf 3 -x264-params zones=0,119,b=2.2 -maxrate 140k -bufsize 560k \
  -c:a aac -b:a 12k -ac 1 -ar 24000 \
  -map_metadata -1 -fflags +bitexact -flags:v +bitexact -flags:a +bitexact -movflags +faststart "$out"
ls -l "$out"
